const NULL = /^(~|null|Null|NULL)?$/
const TRUE = /^(true|True|TRUE)$/
const FALSE = /^(false|False|FALSE)$/
const INTEGER = /^([-+]?\d+|0o[0-7]+|0x[\dA-Fa-f]+)$/
const FLOAT = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/
const INFINITE = /^([-+]?)\.(inf|Inf|INF)$/
const NOT_A_NUMBER = /^\.(nan|NaN|NAN)$/

/** The value of an unquoted scalar by the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema): `yes` and `on` are text. */
export function resolvePlain(text: string): unknown {
  if (!mayBeSpecial(text)) return text
  if (NULL.test(text)) return null
  if (TRUE.test(text)) return true
  if (FALSE.test(text)) return false
  return resolveNumber(text)
}

/** Nearly all scalars are decided by their first character. */
function mayBeSpecial(text: string): boolean {
  return text === '' || /^[-+.\d~nNtTfF]/.test(text)
}

function resolveNumber(text: string): unknown {
  if (INTEGER.test(text) || FLOAT.test(text)) return Number(text)
  const infinite = INFINITE.exec(text)
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity
  return NOT_A_NUMBER.test(text) ? Number.NaN : text
}

/** `0644` is 420 to YAML 1.1 and 644 to YAML 1.2; `0o644` is 420 or text. */
export function isAmbiguousNumber(text: string): boolean {
  return /^[-+]?0o?\d+$/.test(text)
}
