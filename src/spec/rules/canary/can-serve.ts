import { equalValues } from '../../../object/index.ts'
import { placeText, type Found, type Place } from '../../../problem/index.ts'
import { candidateFields } from '../../layers/candidate.ts'
import type { Endpoint } from '../../set.ts'
import { contradiction, type Finding, type Rule } from '../rule.ts'

/** A canary is one, differs, and has something that shares out the requests. */
export const canaryCanServe: Rule = endpoint => {
  const { candidate } = endpoint
  if (candidate === undefined || isOfAll(endpoint)) return []
  const [first, second] = candidate.places
  if (second !== undefined) return twice(first, second)
  return [
    waysOf(endpoint),
    stopped(endpoint),
    differs(endpoint, candidate.endpoint),
    named(endpoint),
    bound(endpoint),
    within(endpoint),
  ]
}

/** Told where it stands (rules/layer.ts). */
function isOfAll(endpoint: Endpoint): boolean {
  const layer = endpoint.originOf('spec.canary.weight')?.layer
  return layer === 'project' || layer === 'serving-target'
}

const CANARY = 'spec.canary'

function twice(first: Place | undefined, second: Place): Finding {
  const other = first === undefined ? 'another layer' : placeText(second)
  return contradiction(
    CANARY,
    `spec.canary is given here and in ${other}: an endpoint has one candidate`,
    'Keep one of them.',
  )
}

function waysOf(endpoint: Endpoint): Found<Finding> {
  const { runtime, kserve } = endpoint.spec
  if (runtime === 'deployment') return byRoute(endpoint)
  return kserve.deploymentMode === 'serverless' ? byKnative(endpoint) : notInStandardMode(endpoint)
}

function byRoute({ spec }: Endpoint): Finding | undefined {
  if (spec.route) return undefined
  return contradiction(
    CANARY,
    'spec.canary is given without spec.route: the weights are those of an HTTPRoute',
    'Add a route (docs/gateway.md), or leave canary out.',
  )
}

function notInStandardMode({ originOf }: Endpoint): Finding {
  const { layer, place } = originOf('spec.runtime') ?? {}
  return {
    ...contradiction(
      CANARY,
      'spec.canary is given, but KServe in standard mode has no candidate that slipway could shift requests to',
      'Use runtime deployment, or kserve.deploymentMode serverless, where Knative shares out requests.',
    ),
    ...(layer !== 'endpoint' && place && { cause: `The runtime is set in ${placeText(place)}.` }),
  }
}

/** Knative shares out requests between revisions; what leads to pods by a Service of ours goes past it. */
function byKnative({ spec }: Endpoint): Found<Finding> {
  const past = (['route', 'ingress'] as const).find(field => spec[field] !== undefined)
  const unknown = (['match', 'replicas'] as const).find(field => spec.canary?.[field] !== undefined)
  return [
    past &&
      contradiction(
        `spec.${past}`,
        `spec.${past} leads to the pods themselves, past Knative, which shares out the requests of spec.canary`,
        `Leave ${past} out and let KServe's own address be used, or use runtime deployment.`,
      ),
    unknown &&
      contradiction(
        `${CANARY}.${unknown}`,
        `${CANARY}.${unknown} cannot be given to KServe in serverless mode, which knows a percentage only`,
        'Leave it out, or use runtime deployment.',
      ),
  ]
}

/** Its share of the requests would be answered, and all others by nobody. */
function stopped({ spec }: Endpoint): Finding | undefined {
  if (spec.runtime !== 'deployment' || spec.replicas !== 0) return undefined
  if (spec.canary?.weight === 100) return undefined
  return contradiction(
    CANARY,
    'spec.canary is given, but spec.replicas is 0: no pod would answer the other requests',
    'Leave canary out while the endpoint is stopped, or set replicas to 1 or more.',
  )
}

function differs(endpoint: Endpoint, candidate: Endpoint): Finding | undefined {
  const given = Object.keys(candidateFields(endpoint.spec.canary))
  if (given.length === 0) {
    return {
      code: 'missing-field',
      path: CANARY,
      message: 'spec.canary has a weight and no candidate: nothing in it differs',
      remedy: 'Name what is to differ, such as image or model, or leave canary out.',
    }
  }
  if (endpoint.spec.runtime === 'deployment' && endpoint.spec.slot === candidate.spec.slot) {
    return contradiction(
      'spec.slot',
      'spec.slot is set in a layer that takes precedence over the one of spec.canary, so both would have the same name',
      'Set both in the same place.',
    )
  }
  if (!equalValues(podsOf(endpoint), podsOf(candidate))) return undefined
  return {
    ...contradiction(
      CANARY,
      `spec.canary changes nothing: ${given.join(', ')} would be as before`,
      'Name what is to differ, such as another image, or leave canary out.',
    ),
    cause: "It is what serves already, or an endpoint's own file, which takes precedence, sets it.",
  }
}

function podsOf({ spec, serving }: Endpoint): unknown {
  const { canary: _canary, slot: _slot, ...rest } = spec
  return { rest, serving }
}

/** Without a bound nothing would ever close it. */
function bound({ spec }: Endpoint): Finding | undefined {
  const { gate } = spec.canary ?? {}
  const { min, max } = gate ?? {}
  if (min !== undefined && max !== undefined && min > max) {
    return contradiction(
      `${CANARY}.gate`,
      `spec.canary.gate.min (${min}) is more than spec.canary.gate.max (${max}): no answer would open it`,
      'Swap the two, or leave one of them out.',
    )
  }
  if (gate === undefined || max !== undefined || min !== undefined) return undefined
  return {
    code: 'missing-field',
    path: `${CANARY}.gate`,
    message: 'spec.canary.gate has neither max nor min: nothing would close it',
    remedy: 'Set max, such as max: 0.01 for a share of errors, or min.',
  }
}

/** With its promotion the autoscaler would end the pods that are too many, while they serve. */
function within({ spec }: Endpoint): Finding | undefined {
  const { replicas } = spec.canary ?? {}
  const { max } = spec.scaling ?? {}
  if (replicas === undefined || max === undefined || replicas <= max) return undefined
  return contradiction(
    `${CANARY}.replicas`,
    `spec.canary.replicas (${replicas}) is more than spec.scaling.max (${max}), which holds for the candidate once it is promoted`,
    'Lower replicas, or raise scaling.max.',
  )
}

/** `<name>-canary-svc` keeps within the 63 characters of a DNS label. */
const MAX_NAME = 63 - '-canary-svc'.length

function named({ name, spec }: Endpoint): Finding | undefined {
  if (spec.runtime !== 'deployment' || name.length <= MAX_NAME) return undefined
  return {
    code: 'bad-value',
    path: 'metadata.name',
    message: `the name has ${name.length} characters; with -canary-svc added it must not exceed 63`,
    remedy: `Use at most ${MAX_NAME} characters for an endpoint that has canaries.`,
  }
}
