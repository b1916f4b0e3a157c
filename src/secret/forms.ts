/** What takes the place of a secret, given it. */
export type Replacement = (secret: string) => string

export const HIDDEN = '(hidden)'

const hide: Replacement = () => HIDDEN

/**
 * What is a secret by its form: bearer tokens, JWTs, PEM blocks, passwords and signatures in URLs, and the keys of services that
 * begin with a mark of their own. The first group, where there is one, is the secret. Each is bounded or begins where only one can
 * begin, so that no text makes them slow.
 */
const FORMS: readonly RegExp[] = [
  /\b(?:Bearer|Basic)\s{1,8}([\w.~+/=-]{8,})/gi,
  /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\b(?:gh[pousr]_|github_pat_|glpat-|hf_|nvapi-|gsk_|npm_|dckr_pat_|hvs\.|[rs]k_live_)\w[\w-]{15,}/g,
  /(?<![\w-])(?:sk-|r8_)[\w-]{16,}/g,
  /\bxox[abeoprs]-[\w-]{8,}/g,
  /\bAIza[\w-]{35}/g,
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
  /:\/\/[^\s/:@?#]*:([^\s/@]+)(?=@)/g,
  /[?&](?:access_token|api[-_]?key|auth|code|key|pass|passw(?:or)?d|secret|sig|signature|token|X-Amz-(?:Credential|Signature|Security-Token))=([^\s&#"']+)/gi,
]

/** What is a secret by the name before it; in text only. Behind a colon and a blank it may be a word of a sentence, unless it has a digit. */
const ASSIGNED =
  /\b(?:password|passwd|secret|token|api[-_]?key)(?:["']?\s{0,8}=\s{0,8}["']?|["']?:["']?|["']\s{0,8}:\s{0,8}["']|:\s{1,8}["']?(?=[^\s"',;&]{0,200}\d))([^\s"',;&]{6,})/gi

/** A text without what is certainly a secret. */
export function maskForms(text: string, replace: Replacement = hide): string {
  return mayHold(text)
    ? FORMS.reduce((masked, form) => maskForm(masked, form, replace), text)
    : text
}

/** A text that others wrote freely (a log, an event, an answer) without what looks like a secret. */
export function maskText(text: string): string {
  return maskForm(maskForms(text), ASSIGNED, hide)
}

/** Nearly no text has any of these. */
function mayHold(text: string): boolean {
  return /eyJ|A[KS]IA|AIza|[a-z]_\w|sk-|at-|pi-|xox|-----BEGIN|:\/\/|[?&]|hvs\.|bearer|basic/i.test(
    text,
  )
}

function maskForm(text: string, form: RegExp, replace: Replacement): string {
  return text.replaceAll(form, (whole: string, group: unknown) => {
    const secret = typeof group === 'string' ? group : whole
    return whole.slice(0, whole.length - secret.length) + replace(secret)
  })
}
