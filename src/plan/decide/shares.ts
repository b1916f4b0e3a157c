import { asksForKnative, isKserve, makesRevision, SHARE } from '../../kinds/index.ts'
import { at, members, type KubeObject } from '../../object/index.ts'
import type { Action } from '../action.ts'

/**
 * Where an InferenceService that Knative serves has its candidate no more, all requests go to the newest revision that is *ready*
 * (knative.dev/serving, pkg/reconciler/route/traffic). While the one that is written now starts, that is the candidate. So it is written with a
 * share of 0 first, by which requests go back to what had them all before the candidate, and gets them when it is ready. A candidate that serves
 * from now on is there already, and gets them when it is ready, too.
 *
 * One that has all requests is what KServe and Knative call rolled out, and what served before has no pods any more: it goes on until what is
 * written is ready, as with any new version.
 */
export function orderForShares(actions: readonly Action[]): void {
  for (const action of actions) {
    const { desired, changes } = action
    const share = changes.find(({ path }) => path === SHARE.join('.'))
    const isOver = share !== undefined && share.after === undefined
    if (desired === undefined || !isOver || !isOfKnative(desired)) continue
    const isGivenUp = changes.some(({ path }) => makesRevision(path))
    if (isGivenUp && share.before === 100) continue
    action.held = true
    if (isGivenUp) action.interim = withoutRequests(desired)
  }
}

function isOfKnative(object: KubeObject): boolean {
  return isKserve(object) && asksForKnative(object)
}

function withoutRequests(object: KubeObject): KubeObject {
  const predictor = { ...members(at(object, 'spec', 'predictor')), canaryTrafficPercent: 0 }
  return { ...object, spec: { ...members(object['spec']), predictor } }
}
