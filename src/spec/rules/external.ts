import { EXTERNAL_FIELDS } from '../layers/project-layers.ts'
import { orList } from '../fields/words.ts'
import { contradiction, type Rule } from './rule.ts'

/** R10: an external endpoint has an address instead of a workload. */
export const externalHasHost: Rule = endpoint => {
  const { runtime, external } = endpoint.spec
  if (runtime === 'external' && external === undefined) {
    return {
      code: 'missing-field',
      path: 'spec.runtime',
      message: 'spec.external is missing: runtime external needs the host',
      remedy: 'Write "external: {host: api.example.com, port: 443}".',
    }
  }
  if (runtime === 'external' || external === undefined) return []
  return contradiction(
    'spec.external',
    `spec.external is given, but the runtime is ${runtime}`,
    'Set "runtime: external", or leave external out.',
  )
}

/** Fields that the endpoint itself sets and that nothing would come of; one problem for all. */
export const externalHasNoWorkload: Rule = endpoint => {
  if (endpoint.spec.runtime !== 'external') return []
  const fields = Object.keys(endpoint.spec).filter(
    field =>
      !EXTERNAL_FIELDS.has(field) && endpoint.originOf(`spec.${field}`)?.layer === 'endpoint',
  )
  if (fields.length === 0) return []
  const names = orList(fields.map(field => `spec.${field}`))
  return contradiction(
    `spec.${fields[0]}`,
    `an external endpoint runs nothing here, so ${names} would have no effect`,
    'Leave it out, or choose runtime deployment or kserve.',
  )
}
