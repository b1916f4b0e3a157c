/**
 * Every code a problem can carry, with the exit code it leads to:
 * 1 the answer is no (invalid input, an endpoint failed), 2 it could not be carried out.
 * docs/messages.md explains each.
 */
export const CODES = {
  // spec
  'yaml-syntax': 1,
  'yaml-encoding': 1,
  'yaml-alias': 1,
  'yaml-too-large': 1,
  'document-kind': 1,
  'unknown-field': 1,
  'wrong-type': 1,
  'bad-value': 1,
  'missing-field': 1,
  'duplicate-key': 1,
  'duplicate-endpoint': 1,
  'empty-project': 1,
  contradiction: 1,
  catalogue: 1,
  'model-not-approved': 1,
  'image-not-found': 1,
  'serving-runtime': 1,
  policy: 1,
  'overlay-overridden': 1,
  'unknown-environment': 2,
  'unknown-endpoint': 2,
  'no-project': 2,
  'unreadable-file': 2,
  'outside-folder': 2,
  // render and check
  patch: 1,
  wiring: 1,
  'name-clash': 1,
  // plan
  guard: 2,
  'foreign-owner': 2,
  'field-conflict': 2,
  'leftover-fields': 2,
  'not-imported': 2,
  'namespace-missing': 2,
  'kind-missing': 2,
  record: 2,
  'record-missing': 2,
  'reference-missing': 1,
  rejected: 1,
  'not-stored': 1,
  'unread-file': 1,
  'not-in-history': 1,
  'project-moved': 1,
  'plan-changed': 2,
  'older-commit': 2,
  'unsigned-commit': 2,
  // cluster
  unreachable: 2,
  kubeconfig: 2,
  forbidden: 2,
  unauthorized: 2,
  'lock-held': 2,
  'lock-lost': 2,
  'cluster-error': 2,
  'wrong-answer': 2,
  // apply
  'write-failed': 1,
  'not-ready': 1,
  'not-deleted': 1,
  'deleted-already': 1,
  forced: 1,
  timeout: 1,
  interrupted: 2,
  'smoke-failed': 1,
  // git
  'not-a-repository': 2,
  'unknown-revision': 2,
  'dirty-tree': 2,
  'revert-conflict': 2,
  'partly-rolled-back': 1,
  'nothing-to-roll-back': 1,
  'not-promoted': 1,
  'git-failed': 2,
  // cli and sandbox
  usage: 2,
  sandbox: 2,
  internal: 2,
} as const satisfies Record<string, 1 | 2>

export type ProblemCode = keyof typeof CODES

export function exitCodeOf(code: ProblemCode): 1 | 2 {
  return CODES[code]
}
