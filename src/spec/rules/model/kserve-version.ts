/** Whether a version of KServe is before 0.MINOR. */
export function isOlder(version: string, minor: number): boolean {
  const [major = 0, got = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major === 0 && got < minor
}
