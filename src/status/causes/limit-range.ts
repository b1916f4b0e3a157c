import type { KubeObject } from '../../object/index.ts'
import { LIMIT_RANGE, limitsOf, podSpecOf } from '../../kinds/index.ts'
import type { Container, PodSpec } from '../shapes.ts'
import { cleaned } from '../wording.ts'
import type { Cause } from './cause.ts'
import { refusalOf } from './refusal.ts'

/** Of the admission plugin: plugin/pkg/admission/limitranger/admission.go */
const BOUND =
  /(maximum|minimum) (\S+) usage per (Pod|Container) is ([^,\s]+?)(?:, but (request|limit) is ([^,\s\]]+)|\.\s+No (request|limit) is specified)|(?<![\w./-])([\w./-]+) max limit to request ratio per (Pod|Container) is ([^,\s]+), but (?:provided ratio is [\d.]+|no (?:request|limit) is specified)/

/** A LimitRange of the namespace allows the pods no such resources; some of these may be its own defaults. */
export const limitRange: Cause = inquiry => {
  const refusal = refusalOf(inquiry)
  const bound = boundOf(refusal?.message ?? '')
  if (refusal === undefined || bound === undefined) return undefined
  const ranges = inquiry.related
    .ofKind(LIMIT_RANGE)
    .filter(({ metadata }) => metadata.namespace === refusal.maker.metadata.namespace)
  const range = ranges.find(each =>
    limitsOf(each, bound.type).some(limit => limit[bound.kind]?.[bound.resource] === bound.value),
  )
  const name =
    range === undefined ? 'a LimitRange of the namespace' : `LimitRange ${range.metadata.name}`
  const origin = originOf({ bound, maker: refusal.maker, ranges })
  const { namespace = 'default' } = refusal.maker.metadata
  return {
    cause: 'limit-range',
    summary: `${name} refuses the pods: ${bound.text}${origin === undefined ? '' : ` (${origin})`}`,
    evidence: [refusal.evidence, ...(origin === undefined ? [] : [origin])],
    remedy: `${remedyFor(bound, origin)} (kubectl -n ${namespace} describe limitrange${range === undefined ? '' : ` ${range.metadata.name}`})`,
    ...(refusal.isNew && { outlook: 'hopeless' as const }),
  }
}

interface Bound {
  kind: 'max' | 'min' | 'maxLimitRequestRatio'
  resource: string
  type: string
  value: string
  /** What the pod has too much or too little of. */
  field: 'requests' | 'limits'
  /** It says none at all. */
  isUnsaid: boolean
  text: string
}

function boundOf(message: string): Bound | undefined {
  const found = BOUND.exec(message)
  if (found === null) return undefined
  const [text, end, resource, type, value, said, , unsaid, ratioOf, ratioType, ratio] = found
  const field = said ?? unsaid
  if (ratioOf !== undefined)
    return {
      kind: 'maxLimitRequestRatio',
      resource: ratioOf,
      type: ratioType ?? '',
      value: ratio ?? '',
      field: 'requests',
      isUnsaid: false,
      text: cleaned(text),
    }
  return {
    kind: end === 'maximum' ? 'max' : 'min',
    resource: resource ?? '',
    type: type ?? '',
    value: value ?? '',
    field: field === 'limit' ? 'limits' : 'requests',
    isUnsaid: unsaid !== undefined,
    text: cleaned(text),
  }
}

interface Origin {
  bound: Bound
  maker: KubeObject
  ranges: readonly KubeObject[]
}

/** A container that does not say the value has it from the default of a LimitRange. */
function originOf({ bound, maker, ranges }: Origin): string | undefined {
  const pod: PodSpec | undefined = podSpecOf(maker)
  const silent = (pod?.containers ?? []).find(
    each => isSilent(each, bound) && !(bound.field === 'requests' && hasLimit(each, bound)),
  )
  if (silent === undefined) return undefined
  const key = bound.field === 'limits' ? 'default' : 'defaultRequest'
  const range = ranges.find(each =>
    limitsOf(each, 'Container').some(limit => limit[key]?.[bound.resource] !== undefined),
  )
  if (range === undefined) return undefined
  const value = limitsOf(range, 'Container').find(limit => limit[key]?.[bound.resource])?.[key]
  return `container ${silent.name} has no ${bound.field}.${bound.resource}: ${String(value?.[bound.resource])} is the ${key} of LimitRange ${range.metadata.name}`
}

function isSilent({ resources = {} }: Container, { field, resource }: Bound): boolean {
  return resources[field]?.[resource] === undefined
}

/** A request that is not said is the limit's, before any default. */
function hasLimit({ resources = {} }: Container, { resource }: Bound): boolean {
  return resources.limits?.[resource] !== undefined
}

function remedyFor({ kind, resource, field, isUnsaid }: Bound, origin: string | undefined): string {
  const place = `resources.${resource}`
  const both = `set request and limit of ${place}`
  if (kind === 'maxLimitRequestRatio') return `${both} closer together`
  if (isUnsaid) return `${both}, which the LimitRange asks for`
  if (origin !== undefined) return `${both}, so that no default is taken`
  return `${kind === 'max' ? 'lower' : 'raise'} the ${field === 'limits' ? 'limit' : 'request'} of ${place}, or change the LimitRange`
}
