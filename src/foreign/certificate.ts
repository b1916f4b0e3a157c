/** In Go's words: what was called answers, and its caller does not trust its certificate. Trying again seldom changes that. */
export function isOfCertificate(message: string): boolean {
  return /x509: |tls: failed to verify certificate/.test(message)
}
