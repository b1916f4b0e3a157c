/** A webhook answers, but the API server does not trust its certificate: trying again seldom changes that. */
export function isOfCertificate(message: string): boolean {
  return /x509: |tls: failed to verify certificate/.test(message)
}
