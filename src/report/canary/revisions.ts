import { isKserve, makesRevision, SHARE, shareOf } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import type { FieldChange } from '../../plan/index.ts'
import type { Change } from '../change.ts'

/** Knative's candidate is the revision that is made last. */
export function revisionWords({ changes, type }: Change, desired: KubeObject): string[] {
  if (type === 'create' && shareOf(desired) !== undefined)
    return ['canary: all requests go to the candidate, as no revision serves before it']
  const field = changes.find(isShareOfRevision)
  if (field === undefined) return []
  const { before, after } = field
  const isNew = changes.some(({ path }) => makesRevision(path))
  if (typeof after !== 'number') return [endWords({ before, isNew })]
  const share = `canary: ${after} % of the requests go to the newest revision`
  if (isNew && before === 100 && after < 100)
    return [`${share}, the others to the candidate before`]
  return [`${share}, until now ${typeof before === 'number' ? before : 0} %`]
}

/** What had all requests is what KServe goes back to (src/plan/decide/shares.ts). */
function endWords({ before, isNew }: { before: unknown; isNew: boolean }): string {
  if (!isNew) return 'promotes the canary: all requests go to it'
  return before === 100
    ? 'gives up the canary: it serves all requests until a new revision is ready'
    : 'gives up the canary: all requests go to the revision before it, then to a new one'
}

export function isShareOfRevision({ path }: FieldChange): boolean {
  return path === SHARE.join('.')
}

/** Whether all that changes of it is its candidate's. */
export function isOfRevision(object: KubeObject): boolean {
  return isKserve(object) && shareOf(object) !== undefined
}
