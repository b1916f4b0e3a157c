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
  if (typeof after === 'number') {
    const until = `until now ${typeof before === 'number' ? before : 0} %`
    return [`canary: ${after} % of the requests go to the newest revision, ${until}`]
  }
  return [
    changes.some(({ path }) => makesRevision(path))
      ? 'gives up the canary: all requests go to the revision before it, then to a new one'
      : 'promotes the canary: all requests go to it',
  ]
}

export function isShareOfRevision({ path }: FieldChange): boolean {
  return path === SHARE.join('.')
}

/** Whether all that changes of it is its candidate's. */
export function isOfRevision(object: KubeObject): boolean {
  return isKserve(object) && shareOf(object) !== undefined
}
