import { writesDefaults } from '../../charts/index.ts'
import { isKserve, waveRank } from '../kinds/index.ts'
import { compareText, setId, setParent, type KubeObject } from '../object/index.ts'
import { SlipwayError, byPlace, type Problem } from '../problem/index.ts'
import { unitsOf, type Endpoint, type EndpointSet } from '../spec/index.ts'
import { canonical, canonicalWithoutNulls } from './canonical.ts'
import { check } from './check/check.ts'
import { RULES } from './check/rules.ts'
import { tolerate, tolerateOwn } from './check/tolerate.ts'
import { applyPatches } from './patch/patch.ts'
import { bindCelRules } from './policy/cel.ts'
import { bindPolicies } from './policy/rule.ts'
import { POLICY_RULES } from './policy/rules.ts'
import type { RenderedObject, Rendering } from './rendered.ts'
import { labelled, stamp } from './stamp.ts'
import { synthesize } from './synthesize.ts'

/** Objects in the order in which they are applied, and everything wrong with them. */
export interface RenderedSet {
  objects: RenderedObject[]
  problems: Problem[]
}

/**
 * What the endpoints become: a pure function of the set (no clock, cluster, network, git or environment
 * variables), in an order that does not depend on that of the endpoints. Objects with problems of
 * severity error must not be applied.
 */
export function renderSet(set: EndpointSet): RenderedSet {
  const id = setId(setParent(set.project, set.environment.name, set.environment.namespace))
  const results = [
    ...set.endpoints.map(endpoint => renderEndpoint(endpoint, set.project, id)),
    ...unitsOf(set).map(endpoint => ownObjects(endpoint, id)),
  ]
  const renderings = results.flatMap(result => result.renderings).toSorted(byWave)
  const problems = [...results.flatMap(result => result.problems), ...findings(set, renderings)]
  return {
    objects: renderings.map(renderedOf),
    problems: problems.toSorted((a, b) => byPlace(a, b) || compareText(a.message, b.message)),
  }
}

function renderedOf({ object, endpoint, unpatched, patches }: Rendering): RenderedObject {
  const last = patches.at(-1)
  if (last === undefined) return { object, endpoint }
  return { object, endpoint, patched: { before: unpatched, last } }
}

function findings(set: EndpointSet, renderings: readonly Rendering[]): Problem[] {
  const { environment, endpoints } = set
  const policies = bindPolicies(POLICY_RULES, environment)
  const rules = [...RULES, ...policies, ...bindCelRules(environment.policies.cel)]
  const found = tolerateOwn(check(renderings, rules), endpoints)
  return tolerate(found, environment.policies.rules)
}

interface EndpointResult {
  renderings: Rendering[]
  problems: readonly Problem[]
}

function renderEndpoint(endpoint: Endpoint, project: string, id: string): EndpointResult {
  try {
    const given = synthesize({ endpoint, project })
    if (endpoint.spec.patches === undefined)
      return { renderings: given.map(object => withoutPatches(object, endpoint, id)), problems: [] }
    const { patched, problems } = applyPatches(endpoint, given.map(canonicalWithoutNulls))
    const renderings = patched.map(({ object, unpatched, patches }) => {
      const whole = canonical(marked(object, endpoint, id))
      const isPatched = patches.length > 0
      return {
        object: whole,
        unpatched: isPatched ? marked(unpatched, endpoint, id) : whole,
        patches,
        endpoint,
      }
    })
    return { renderings, problems }
  } catch (error) {
    if (error instanceof SlipwayError) return { renderings: [], problems: error.problems }
    throw error
  }
}

function withoutPatches(object: KubeObject, endpoint: Endpoint, id: string): Rendering {
  const whole = canonicalWithoutNulls(marked(object, endpoint, id))
  return { object: whole, unpatched: whole, patches: [], endpoint }
}

/** KServe would copy the mark to pods that are to stay as they are. */
function marked(object: KubeObject, endpoint: Endpoint, id: string): KubeObject {
  return isKserve(object) && !writesDefaults(endpoint) ? object : stamp(object, id)
}

/** An endpoint's own objects, as they are written; its patches are for what is rendered. */
function ownObjects(endpoint: Endpoint, id: string): EndpointResult {
  const renderings = (endpoint.objects ?? []).map(({ object, placeOf }) => {
    const whole = canonical(stamp(labelled(object, endpoint.name), id))
    const origin: Endpoint = { ...endpoint, placeOf, originOf: () => undefined, isManifest: true }
    return { object: whole, unpatched: whole, patches: [], endpoint: origin }
  })
  return { renderings, problems: [] }
}

/** Two endpoints that claim one object (an error) stand in the order of their names. */
function byWave(one: RenderedObject, other: RenderedObject): number {
  const a = one.object
  const b = other.object
  return (
    waveRank(a) - waveRank(b) ||
    compareText(a.kind, b.kind) ||
    compareText(a.metadata.namespace ?? '', b.metadata.namespace ?? '') ||
    compareText(a.metadata.name, b.metadata.name) ||
    compareText(one.endpoint.name, other.endpoint.name)
  )
}
