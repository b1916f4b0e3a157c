/**
 * JSON as CEL sees it: whole numbers are integers of 64 bits, maps have no prototype. As the API server reads JSON, a number is
 * whole when it is written without a fraction.
 */
export function celValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (Array.isArray(value)) return value.map(celValue)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return new Map(entries.map(([key, inner]) => [key, celValue(inner)]))
}
