import type { Reference, Type } from './kind.ts'

/** None where the name is missing or empty. */
export function reference(
  { apiVersion, kind }: Type,
  name: unknown,
  purpose: string,
  optional = false,
): Reference[] {
  if (typeof name !== 'string' || name === '') return []
  return [{ apiVersion, kind, name, optional, purpose }]
}
