import { defined, isMap, type JsonMap } from '../object/index.ts'
import { refusedFields } from '../spec/index.ts'

/**
 * A spec without values that no spec has, such as a probe of port 0 or a model's local path: Kubernetes and KServe store more than
 * they can run. What completes the spec keeps them to the letter. An image and a model's format stay, for without one of them there is
 * no endpoint.
 */
export function withoutRefused(spec: JsonMap): JsonMap {
  const paths = refusedFields(spec)
    .map(fieldsOf)
    .filter(fields => !NEEDED.includes(fields.join('.')))
  return paths.length === 0 ? spec : withoutRefused(paths.reduce<JsonMap>(without, spec))
}

const NEEDED = ['', 'image', 'model.format', 'model.format.name']

/** Down to a list: one is kept as it is, or not at all. */
function fieldsOf(path: readonly (string | number)[]): string[] {
  const end = path.findIndex(step => typeof step === 'number')
  return path.slice(0, end < 0 ? path.length : end).map(String)
}

function without(spec: JsonMap, [field = '', ...rest]: readonly string[]): JsonMap {
  const inner = spec[field]
  if (rest.length === 0 || !isMap(inner)) return defined({ ...spec, [field]: undefined })
  return { ...spec, [field]: without(inner, rest) }
}
