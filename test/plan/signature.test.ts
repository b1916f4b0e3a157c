import test from 'ava'
import { checkSignature, type SignatureQuestion } from '../../src/plan/guards/signature.ts'

/** Where only signed commits may be applied. */

const COMMIT = 'a'.repeat(40)
const good = { isVerified: true, isThere: true, told: 'Good signature' }
const asked: SignatureQuestion = {
  environment: 'live',
  level: 'error',
  commit: COMMIT,
  isDirty: false,
  signature: good,
}

const TABLE: [string, Partial<SignatureQuestion>, RegExp | undefined][] = [
  ['a verified one', {}, undefined],
  [
    'none',
    { signature: { isVerified: false, isThere: false, told: '' } },
    /commit a{7} is not signed$/,
  ],
  ['no answer', { signature: undefined }, /commit a{7} is not signed$/],
  [
    'of a key that is not known',
    { signature: { isVerified: false, isThere: true, told: 'No public key' } },
    /git does not verify the signature of commit a{7} here$/,
  ],
  ['edited files', { isDirty: true }, /there are uncommitted changes on top of commit a{7}$/],
  ['no commit', { commit: undefined, signature: undefined }, /these files have no commit$/],
]

for (const [title, over, message] of TABLE) {
  for (const level of ['error', 'warn'] as const) {
    test(`S3 · signed commits (${level}): ${title}`, t => {
      const problem = checkSignature({ ...asked, level, ...over })
      t.is(problem === undefined, message === undefined)
      if (message === undefined) return
      t.like(problem, {
        code: 'unsigned-commit',
        severity: level === 'error' ? 'error' : 'warning',
      })
      t.regex(problem?.message ?? '', message)
      t.regex(problem?.message ?? '', /^live accepts signed commits only, and /)
    })
  }
}
