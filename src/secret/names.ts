/**
 * Whether a variable, an option or a key of that name holds a secret: `HF_TOKEN`, `--api-key`, `dbPassword`, `AWS_SECRET_ACCESS_KEY`.
 * A name that says where one is (`TOKEN_FILE`, `SECRET_NAME`), or that counts tokens, does not.
 */
export function isSecretName(name: string): boolean {
  if (!MAY_BE.test(name.toLowerCase())) return false
  const words = wordsOf(name)
  const last = words.at(-1) ?? ''
  if (POINTING.has(last)) return last === 'id' && words.slice(-3, -1).join(' ') === 'access key'
  if (last === 'keys') return KEPT_KEYS.has(words.at(-2) ?? '')
  if (last === 'key') return words.length > 1 && !HARMLESS_KEYS.has(words.at(-2) ?? '')
  return words.some(word => ANYWHERE.has(word)) || AT_THE_END.has(last) || RUN_TOGETHER.test(last)
}

/** Part of every name that is one: nearly none has any of these. */
const MAY_BE = /pass|pwd|pw|secret|token|key|cred|pat|auth|cookie|jwt|sas/

/** Whether a value under such a name can be one: not a number of tokens, a switch, nothing, or a reference to another variable. */
export function canBeSecret(value: string): boolean {
  return !/^(?:|\d{1,6}|true|false|yes|no|none|null|\$\([\w.-]+\)|\$\{?\w+\}?)$/i.test(value.trim())
}

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])(?=[A-Z])/g, '$1 ')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(word => word !== '')
}

/** `API_KEYS`; keys of a map or of a list are none. */
const KEPT_KEYS = new Set(['api', 'access', 'secret', 'private', 'signing', 'encryption'])

/** `PGPASSWORD`, `authtoken` */
const RUN_TOGETHER =
  /(?:passwords?|passwd|passphrase|apikey|secretkey|accesskey|(?:auth|access|api|hf|bearer)token|clientsecret)$/

const ANYWHERE = new Set([
  'password',
  'passwords',
  'passwd',
  'passphrase',
  'passcode',
  'secret',
  'secrets',
  'apikey',
])
const AT_THE_END = new Set([
  'token',
  'tokens',
  'pwd',
  'credential',
  'credentials',
  'pat',
  'pass',
  'auth',
  'authorization',
  'cookie',
  'cred',
  'creds',
  'jwt',
  'pw',
  'sas',
])
const POINTING = new Set(
  'class count dir directory enabled endpoint file header id length limit mount name namespace path policy provider ref seconds store ttl type url uri version'.split(
    ' ',
  ),
)
const HARMLESS_KEYS = new Set([
  'public',
  'pub',
  'topology',
  'sort',
  'partition',
  'primary',
  'foreign',
  'hot',
])
