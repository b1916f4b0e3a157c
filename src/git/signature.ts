import type { Checkout } from './checkout.ts'
import { tryGit } from './run.ts'

export interface Signature {
  /** By a key that git trusts here: GPG's keyring, or the allowed signers of SSH. */
  isVerified: boolean
  isThere: boolean
  /** What git says of it. */
  told: string
}

/** As `git verify-commit` has it. Its own rules hold: who counts is the business of the machine's configuration, not of the commit's. */
export async function signature(checkout: Checkout, commit: string): Promise<Signature> {
  const { root } = checkout
  const { exitCode, stderr } = await tryGit(root, ['verify-commit', commit])
  const told = stderr.trim()
  if (exitCode === 0) return { isVerified: true, isThere: true, told }
  const { stdout: raw } = await tryGit(root, ['cat-file', 'commit', commit])
  return { isVerified: false, isThere: /^gpgsig(?:-sha256)? /m.test(headerOf(raw)), told }
}

/** The message below it may hold anything. */
function headerOf(raw: string): string {
  return raw.split('\n\n', 1)[0] ?? ''
}
