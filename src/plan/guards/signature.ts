import type { Signature } from '../../git/index.ts'
import type { Problem } from '../../problem/index.ts'

export interface SignatureQuestion {
  environment: string
  level: 'error' | 'warn'
  /** Undefined outside git, and in a repository without a commit. */
  commit: string | undefined
  /** Files are not as in the commit, so no signature is of them. */
  isDirty: boolean
  signature: Signature | undefined
}

/** Where only signed commits may be applied, files of no commit are none, and neither are edited ones. */
export function checkSignature(question: SignatureQuestion): Problem | undefined {
  const { environment, level, commit, isDirty, signature } = question
  const fault = faultOf(question)
  if (fault === undefined) return undefined
  const told = signature?.isVerified === false ? signature.told : ''
  return {
    code: 'unsigned-commit',
    severity: level === 'error' ? 'error' : 'warning',
    message: `${environment} accepts signed commits only, and ${fault}`,
    ...(told === '' ? {} : { cause: told }),
    remedy:
      commit === undefined || (isDirty && signature?.isVerified === true)
        ? 'Commit the files with a signature (git commit -S), and apply the commit.'
        : `Sign it (git commit --amend -S), and tell git which keys to trust here: "git verify-commit ${commit.slice(0, 7)}" must succeed.`,
  }
}

function faultOf({ commit, isDirty, signature }: SignatureQuestion): string | undefined {
  if (commit === undefined) return 'these files have no commit'
  const short = commit.slice(0, 7)
  if (signature?.isThere !== true) return `commit ${short} is not signed`
  if (!signature.isVerified) return `git does not verify the signature of commit ${short} here`
  return isDirty ? `there are uncommitted changes on top of commit ${short}` : undefined
}
