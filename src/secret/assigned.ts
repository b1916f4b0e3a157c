import { canBeSecret, isSecretName } from './names.ts'

/** What takes the place of a secret, given it. */
export type Replacement = (secret: string) => string

/**
 * A name and what leads from it to its value, in a shell's line, a connection string, a header or a document within a text:
 * `export HF_TOKEN=…`, `--api-key …`, `AccountKey=…;`, `X-API-Key: …`, `"password": "…"`. A tag after a colon is none.
 */
const NAMED =
  /(?<![\w.$/-])(?:(--?[A-Za-z][\w.-]{0,80})(?:=|\s{1,4})|([A-Za-z_][\w.-]{0,80})\\{0,3}["']?(?:\s{0,4}(=)\s{0,4}|\s{0,4}:\s{0,4}(?=\\{0,3}["'])|:\s{1,4}(?=[^\s"',;&]{0,200}\d)))/g

/**
 * A variable with its value as an object has it, in JSON, YAML, or Go's words for it in an error of the API server:
 * `{"name":"DB_PASSWORD","value":"…"}`, `core.EnvVar{Name:"DB_PASSWORD", Value:"…"}`.
 */
const VARIABLE =
  /(?<![A-Za-z])name\\{0,3}["']?\s{0,4}[:=]\s{0,4}\\{0,3}["']?([A-Za-z_][\w.-]{0,80})\\{0,3}["']?,?\s{0,60}\\{0,3}["']?value\\{0,3}["']?\s{0,4}[:=]\s{0,4}/gi

const VALUE =
  /\\{1,3}"([^"\n\\]{1,4000})\\{1,3}"|"([^"\n]{1,4000})"|'([^'\n]{1,4000})'|([^\s;&|,"'`<>]{1,4000})/y

/** A text without the values of what has the name of a secret. */
export function maskAssigned(text: string, replace: Replacement): string {
  const variables = /value/i.test(text) ? maskNamedBy(VARIABLE, text, replace) : text
  return MAY_BE_NAMED.test(variables) ? maskNamedBy(NAMED, variables, replace) : variables
}

/** Nearly no value of an object has any of these. */
const MAY_BE_NAMED = /[=\s]|:[\\"']/

function maskNamedBy(pattern: RegExp, text: string, replace: Replacement): string {
  let masked = ''
  let at = 0
  for (const found of text.matchAll(pattern)) {
    const name = found[1] ?? found[2] ?? ''
    if (found.index < at || !isSecretName(name)) continue
    VALUE.lastIndex = found.index + found[0].length
    const [whole, escaped, double, single, bare] = VALUE.exec(text) ?? []
    const value = escaped ?? double ?? single ?? bare
    if (whole === undefined || value === undefined || !isLiteral(value, name)) continue
    masked += text.slice(at, found.index) + found[0] + whole.replace(value, () => replace(value))
    at = found.index + found[0].length + whole.length
  }
  return masked + text.slice(at)
}

/** Not a shell's variable or command, the next option, or a number of tokens. */
function isLiteral(value: string, name: string): boolean {
  if (!canBeSecret(value) || /^(?:\$[({A-Za-z_]|-)/.test(value)) return false
  return !(/tokens$/i.test(name) && /^\d+$/.test(value))
}
