import { maskAssigned, type Replacement } from './assigned.ts'

export const HIDDEN = '(hidden)'

const hide: Replacement = () => HIDDEN

/**
 * What is a secret by its form: bearer tokens, JWTs, PEM blocks, passwords and signatures in URLs, and the keys of services that
 * begin with a mark of their own. The first group, where there is one, is the secret. Each is bounded or begins where only one can
 * begin, so that no text makes them slow.
 */
const FORMS: readonly RegExp[] = [
  /\bauthorization["']?\s{0,4}[:=]\s{0,4}["']?(?:\w{1,20}\s{1,4})?([\w.~+/=-]{8,})/gi,
  /\b(?:Bearer|Basic)\s{1,8}([\w.~+/=-]{8,})/gi,
  /(?<![\w-])eyJ[\w-]{8,}\.[\w-]*\.[\w-]*(?:\.[\w-]+){0,2}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\b(?:gh[pousr]_|github_pat_|gl(?:pat|ptt|rt|soat|cbt|dt)-|hf_|nvapi-|gsk_|npm_|dckr_[po]at_|hv[sbr]\.|[rsp]k_(?:live|test)_|whsec_|lsv2_(?:pt|sk)_|ntn_|sbp_|nfp_|pscale_(?:tkn|pw|oauth)_|api_org_|sntryu_)\w[\w.-]{15,}/g,
  /(?<![\w-])(?:sk-|r8_|xai-|pplx-|pcsk_|fw_|tgp_v1_|pypi-|lin_api_|dop_v1_|doo_v1_|dp\.(?:pt|st|ct)\.|gl(?:sa|c)_|ATATT|ATCTT|NRAK-|GOCSPX-|ya29\.|SG\.|rubygems_|shp(?:at|ca|pa|ss)_|sntrys_|phx_|figd_|tskey-|AGE-SECRET-KEY-|PMAK-|HRKU-|AKCp|cmVmdGtu)[\w.-]{16,}/g,
  /(?<![\w-])dapi[0-9a-f]{32}(?:-\d)?\b/g,
  /\bxox[abcdeoprs]-[\w-]{8,}|\bxapp-[\w-]{16,}/g,
  /\bhooks\.slack\.com\/(?:services|workflows)\/([\w/]{8,})/g,
  /\bdiscord(?:app)?\.com\/api\/webhooks\/([\w/-]{8,})/g,
  /\bAIza[\w-]{35}/g,
  /(?<![\w-])sk_[0-9a-f]{32,}\b/g,
  /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,40}/g,
  /\b\w{14}\.atlasv1\.[\w-]{16,}/g,
  /\b\d{8,10}:AA[\w-]{32,}/g,
  /(?<![\w-])[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,38}(?![\w-])/g,
  // A private key as a kubeconfig has it: what begins with "-----BEGIN ", and is neither a certificate nor a public key.
  /\bLS0tLS1CRUdJTi(?!BDRVJUSUZJQ0FUR|BQVUJMSUMg)[\w+/]{24,}={0,2}/g,
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  // A user may be an address, and a password have an "@": the last one ends it.
  /:\/\/[^\s/:?#"'`<>]*:([^\s/"'`<>]+)(?=@(?!sha256:))/g,
  /:\/\/([^\s/:@?#"'`<>]{20,200})(?=@)/g,
  // With a "/" in it, which what takes the URL to pieces may refuse and people write all the same: not behind a port.
  /:\/\/[^\s/:?#"'`<>]{0,100}:(?!\d{1,5}\/)([^\s"'`<>@]{1,200})(?=@(?!sha256:))/g,
  /(?<![\w-])(?:-u|--user|--proxy-user)(?:=|\s{1,4})["']?[^\s:"'/]{1,100}:(?!\d{1,6}(?:\s|$))([^\s"':/]{4,})/g,
  /\blogin\s{1,8}\S{1,200}\s{1,8}password\s{1,8}(\S{1,400})/g,
  /^[ \t]{0,80}[\w.-]{0,40}(?:password|passwd|passphrase)["']?:[ \t]{1,8}([^\s"'#{}$][^\s]{3,})[ \t]{0,80}$/gim,
  /[?&](?:access_token|api[-_]?key|auth|code|key|pass|passw(?:or)?d|secret|sig|signature|(?:hf|id|refresh|session|client|auth)[-_]?(?:token|secret)|token|X-Goog-Signature|X-Amz-(?:Credential|Signature|Security-Token))=([^\s&#"']+)/gi,
]

/** What is a secret by the name before it; in text only. Behind a colon and a blank it may be a word of a sentence, unless it has a digit. */
const ASSIGNED =
  /\b(?:password|passwd|secret|token|api[-_]?key)(?:["']?\s{0,8}=\s{0,8}["']?|["']?:["']?|["']\s{0,8}:\s{0,8}["']|:\s{1,8}["']?(?=[^\s"',;&]{0,200}\d))([^\s"',;&]{6,})/gi

/** A text without what is certainly a secret, by its form or by the name that it is given in the text. */
export function maskForms(text: string, replace: Replacement = hide): string {
  const formed = mayHold(text)
    ? FORMS.reduce((masked, form) => maskForm(masked, form, replace), text)
    : text
  return maskAssigned(formed, replace)
}

/** A text that others wrote freely (a log, an event, an answer) without what looks like a secret. */
export function maskText(text: string): string {
  return maskForm(maskForms(text), ASSIGNED, hide)
}

/** Nearly no text has any of these. */
function mayHold(text: string): boolean {
  return /eyJ|A[KS]IA|AIza|[a-z]_\w|sk-|at-|pi-|xai|plx-|xox|xapp|dapi|ATATT|ATCTT|NRAK|GOCSPX|ya29|AGE-|SG\.|key-|gl\w{2,4}-|passw|passph|-u\s|user|dp\.|-----BEGIN|:\/\/|[?&]|hv[sbr]\.|hooks|bearer|basic|authorization|PMAK|HRKU|AKCp|cmVmd|LS0tLS|atlasv1|Q~|:AA|\.[\w-]{6}\./i.test(
    text,
  )
}

function maskForm(text: string, form: RegExp, replace: Replacement): string {
  return text.replaceAll(form, (whole: string, group: unknown) => {
    const secret = typeof group === 'string' ? group : whole
    return whole.slice(0, whole.length - secret.length) + replace(secret)
  })
}
