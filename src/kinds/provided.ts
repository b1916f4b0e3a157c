import type { Provided } from './kind.ts'

/** None where the name is missing. */
export function provided(kind: string, name: unknown): Provided[] {
  return typeof name === 'string' && name !== '' ? [{ kind, name }] : []
}
