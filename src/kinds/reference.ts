import type { Reference } from './kind.ts'

/** None where the name is missing. */
export function reference(
  kind: string,
  name: unknown,
  purpose: string,
  optional = false,
): Reference[] {
  return typeof name === 'string' ? [{ kind, name, optional, purpose }] : []
}
