import type { KubeObject } from '../../object/index.ts'

const HIDDEN = '(hidden)'

/** Names under which people keep what nobody else is to know; `secretName` and `tokenExpirationSeconds` only point at it. */
const TELLING =
  /(^|[-_./])(token|secret|passw(or)?d|passphrase|credentials?|api[-_]?key|private[-_]?key|access[-_]?key(_id)?)s?$/i

/** What is a secret by its form: bearer tokens, JWTs, keys of AWS, GitHub, GitLab, Slack, Hugging Face and OpenAI, PEM blocks, passwords in URLs. */
const FORMS: RegExp[] = [
  /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\b(gh[pousr]_|github_pat_|glpat-|xox[abprs]-|hf_|sk-)[\w-]{16,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g,
  /(?<=\b(password|passwd|secret|token|api[-_]?key)["']?\s*[=:]\s*["']?)[^\s"',;&]{6,}/gi,
]

/** A text without what looks like a secret. */
export function maskText(text: string): string {
  return FORMS.reduce((masked, form) => masked.replaceAll(form, HIDDEN), text)
}

/** An object as it may be shown: no Secret's data, no values under telling names, no managedFields. */
export function maskObject({ metadata, ...object }: KubeObject): KubeObject {
  const { managedFields: _fields, annotations, ...rest } = metadata
  const shown = annotations && maskMap(annotations)
  const masked = maskValue(object) as Omit<KubeObject, 'metadata'>
  const cleaned = { ...masked, metadata: { ...rest, ...(shown && { annotations: shown }) } }
  return object.kind === 'Secret' ? withoutData(cleaned as KubeObject) : (cleaned as KubeObject)
}

/** It repeats the object as it was, Secrets included. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

function maskMap(values: Record<string, string>): Record<string, string> {
  const shown = Object.entries(values).filter(([name]) => name !== LAST_APPLIED)
  return Object.fromEntries(
    shown.map(([name, value]) => [name, TELLING.test(name) ? HIDDEN : maskText(value)]),
  )
}

function withoutData(secret: KubeObject): KubeObject {
  const hidden = (data: unknown) =>
    Object.fromEntries(Object.keys(data ?? {}).map(name => [name, HIDDEN]))
  const fields = ['data', 'stringData'].filter(field => secret[field] !== undefined)
  return { ...secret, ...Object.fromEntries(fields.map(field => [field, hidden(secret[field])])) }
}

/** Environment variables are maps of name and value; everything else has its name as its key. */
function maskValue(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value)
  if (Array.isArray(value)) return value.map(maskValue)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const { name } = value as { name?: unknown }
  const isTelling = typeof name === 'string' && TELLING.test(name)
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, maskEntry({ key, inner, isTelling })]),
  )
}

function maskEntry({ key, inner, isTelling }: { key: string; inner: unknown; isTelling: boolean }) {
  const isSecret =
    typeof inner === 'string' && (TELLING.test(key) || (isTelling && key === 'value'))
  return isSecret ? HIDDEN : maskValue(inner)
}
