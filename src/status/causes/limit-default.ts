import { LIMIT_RANGE, limitsOf, podSpecOf } from '../../kinds/index.ts'
import { quantityOf, type KubeObject } from '../../object/index.ts'
import type { PodSpec } from '../shapes.ts'
import { cleaned } from '../wording.ts'
import type { Cause } from './cause.ts'
import { refusalOf } from './refusal.ts'

/** Where, whose limit, and its value: pkg/apis/core/validation/validation.go. */
export const BELOW_REQUEST =
  /spec\.(initContainers|containers)\[(\d+)\]\.resources\.requests: Invalid value: "[^"]*": must be less than or equal to (\S+) limit of (\S+)/

/** A container without a limit gets the default of a LimitRange, which is below what it requests. */
export const limitDefault: Cause = inquiry => {
  const refusal = refusalOf(inquiry)
  const [text, field = '', index, resource = '', value] =
    BELOW_REQUEST.exec(refusal?.message ?? '') ?? []
  if (refusal === undefined || text === undefined) return undefined
  const pod: PodSpec = podSpecOf(refusal.maker) ?? {}
  const container = pod[field as 'containers' | 'initContainers']?.[Number(index)]
  if (container === undefined || container.resources?.limits?.[resource] !== undefined)
    return undefined
  const { namespace = 'default' } = refusal.maker.metadata
  const range = inquiry.related
    .ofKind(LIMIT_RANGE)
    .find(each => each.metadata.namespace === namespace && gives(each, resource, value))
  const name =
    range === undefined ? 'a LimitRange of the namespace' : `LimitRange ${range.metadata.name}`
  return {
    cause: 'limit-range',
    summary: `${name} gives container ${container.name} the default limit of ${value} ${resource}, which is below its request`,
    evidence: [refusal.evidence, cleaned(text)],
    remedy: `set request and limit of resources.${resource}, so that no default is taken (kubectl -n ${namespace} describe limitrange)`,
    ...(refusal.isNew && { outlook: 'hopeless' as const }),
  }
}

function gives(range: KubeObject, resource: string, value: string | undefined): boolean {
  return limitsOf(range, 'Container').some(
    limit => quantityOf(limit.default?.[resource]) === quantityOf(value),
  )
}
