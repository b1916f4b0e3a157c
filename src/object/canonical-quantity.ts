/**
 * A quantity as the API server writes it back (apimachinery's CanonicalizeBytes): `0.5` is `500m`, `1024Mi` is `1Gi`. With an
 * exponent, finer than a nano or no quantity at all, it stays as it is.
 */
export function canonicalQuantity(text: string): string {
  const [, sign = '', whole = '', part = '', suffix = ''] = QUANTITY.exec(text) ?? []
  const binary = BINARY.indexOf(suffix)
  const decimal = DECIMAL.indexOf(suffix)
  if (whole === '' || (binary < 0 && decimal < 0)) return text
  const digits = BigInt(sign + whole + part) * 1024n ** BigInt(Math.max(0, binary))
  const exponent = (decimal < 0 ? 9 : decimal * 3) - part.length
  const nanos = scaled(digits, exponent)
  if (nanos === undefined) return text
  // Less than 1Ki is written in decimal: 0.5Ki is 512.
  if (decimal < 0 && nanos >= 1024n * NANO)
    return nanos % NANO === 0n ? reduced(nanos / NANO, 1024n, BINARY) : text
  return reduced(nanos, 1000n, DECIMAL)
}

const QUANTITY = /^([+-]?)(\d+)(?:\.(\d*))?([a-zA-Z]*)$/
const NANO = 1_000_000_000n
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

/** Undefined when it is not whole. */
function scaled(digits: bigint, exponent: number): bigint | undefined {
  if (exponent >= 0) return digits * 10n ** BigInt(exponent)
  const divisor = 10n ** BigInt(-exponent)
  return digits % divisor === 0n ? digits / divisor : undefined
}

/** With the largest unit that leaves a whole number. */
function reduced(value: bigint, step: bigint, units: readonly string[]): string {
  if (value === 0n) return '0'
  let rest = value
  let unit = 0
  for (; unit < units.length - 1 && rest % step === 0n; unit += 1) rest /= step
  return `${rest}${units[unit]}`
}
