import { isEmpty, isMap } from '../object/index.ts'

/** Paths of the fields in which two specs of a serving runtime differ; what is empty is as if it were not there. */
export function differingFields(wanted: unknown, live: unknown, path = 'spec'): string[] {
  if (isNothing(wanted) && isNothing(live)) return []
  if (isMap(wanted) && isMap(live)) {
    const fields = new Set([...Object.keys(wanted), ...Object.keys(live)])
    return [...fields].flatMap(field =>
      differingFields(wanted[field], live[field], `${path}.${field}`),
    )
  }
  if (Array.isArray(wanted) && Array.isArray(live)) {
    const length = Math.max(wanted.length, live.length)
    return Array.from({ length }, (_, index) => index).flatMap(index =>
      differingFields(wanted[index], live[index], `${path}[${index}]`),
    )
  }
  return isSame(wanted, live, path) ? [] : [path]
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === false || isEmpty(value)
}

/** The API server fills in the protocol of a port. */
function isSame(wanted: unknown, live: unknown, path: string): boolean {
  if (path.endsWith('.protocol') && isNothing(wanted)) return live === 'TCP'
  return String(wanted) === String(live)
}
