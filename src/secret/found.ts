import { HIDDEN } from './forms.ts'
import { maskValue } from './object.ts'

export type SecretPath = (string | number)[]

/** Where in a JSON value something is a secret by its form or by its name, as maskValue has it. */
export function secretPaths(value: unknown): SecretPath[] {
  return changedPaths(
    value,
    maskValue(value, () => HIDDEN),
  )
}

function changedPaths(value: unknown, masked: unknown, path: SecretPath = []): SecretPath[] {
  if (value === masked) return []
  if (Array.isArray(value) && Array.isArray(masked))
    return value.flatMap((item, index) => changedPaths(item, masked[index], [...path, index]))
  if (typeof value !== 'object' || value === null) return [path]
  const after = masked as Record<string, unknown>
  return Object.entries(value).flatMap(([key, inner]) =>
    changedPaths(inner, after[key], [...path, key]),
  )
}
