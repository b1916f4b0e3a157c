import { isKserve, isRuntime, kindOf, makesRevision, SHARE, shareOf } from '../kinds/index.ts'
import { at, entries, members } from '../object/index.ts'
import type { KubeObject } from '../object/index.ts'
import type { FieldChange } from '../plan/index.ts'
import type { Change } from './change.ts'

/** How requests are shared out from now on, where that changes, and who takes over: `10 % of chat's requests go to chat-canary-svc`. */
export function trafficWords(changes: readonly Change[]): string[] {
  const successions = changes.filter(({ ref, settles }) => settles === true && isRuntime(ref))
  const hasCandidate = changes.some(({ desired }) => shared(desired).length > 1)
  const words = changes.flatMap(change => shareWords(change))
  const taking = successions.map(({ ref, reason }) =>
    reason === 'the candidate goes'
      ? `its candidate ${ref.name} goes`
      : `other pods take over from ${ref.name}`,
  )
  return hasCandidate ? words : [...taking, ...words]
}

/** Without the fields that these words tell of. */
export function withoutShares(changes: readonly Change[]): Change[] {
  return changes.map(change =>
    shareWords(change).length === 0
      ? change
      : { ...change, changes: change.changes.filter(field => !isOfShares(field)) },
  )
}

function shareWords(change: Change): string[] {
  const { endpoint, desired, changes, type } = change
  if (desired !== undefined && isKserve(desired)) return revisionWords(change, desired)
  const field = changes.find(isOfShares)
  if (desired === undefined || (type !== 'create' && field === undefined)) return []
  const now = shared(desired)
  const before =
    field === undefined ? [] : shared(withRules(desired, rulesBefore(desired, changes)))
  const percentBefore = (name: string) => before.find(each => each.name === name)?.percent ?? 0
  const told = now.slice(1).filter(({ name, percent }) => percent !== percentBefore(name))
  if (told.length > 0) {
    return told.map(({ name, percent }) => {
      const until = type === 'create' ? '' : `, until now ${percentBefore(name)} %`
      return `${percent} % of ${endpoint}'s requests go to ${name}${until}`
    })
  }
  const [only] = now
  const isGathered = now.length === 1 && before.length > 1
  return isGathered && only !== undefined
    ? [`all of ${endpoint}'s requests go to ${only.name}`]
    : []
}

/** Knative's candidate is the revision that is made last. */
function revisionWords({ endpoint, changes, type }: Change, desired: KubeObject): string[] {
  const share = shareOf(desired)
  const field = changes.find(isOfShares)
  if (type === 'create' && share !== undefined)
    return [`all of ${endpoint}'s requests go to the candidate: no revision serves before it`]
  if (field === undefined) return []
  const { before, after } = field
  if (typeof after === 'number') {
    const until = `until now ${typeof before === 'number' ? before : 0} %`
    return [`${after} % of ${endpoint}'s requests go to its newest revision, ${until}`]
  }
  const isGivenUp = changes.some(({ path }) => makesRevision(path))
  const to = isGivenUp ? 'the revision before its candidate, then to a new one' : 'its candidate'
  return [`all of ${endpoint}'s requests go to ${to}`]
}

/** In the first rule, whose matches look at the path only: backends come, go, and get another weight. */
const BACKEND = /^spec\.rules\[0\]\.backendRefs\[name=([^\]]+)\](\.weight)?$/

const isOfShares = ({ path }: FieldChange) =>
  path === 'spec.rules' || path === SHARE.join('.') || BACKEND.test(path)

/** The rules as they were, from how they are and what has changed. */
function rulesBefore(route: KubeObject, changes: readonly FieldChange[]): unknown {
  const whole = changes.find(({ path }) => path === 'spec.rules')
  if (whole !== undefined) return whole.before
  const [first, ...others] = entries(at(route, 'spec', 'rules'))
  const backends = new Map<string, unknown>(
    entries(first?.['backendRefs']).map(backend => [String(backend['name']), backend]),
  )
  for (const { path, before } of changes) {
    const [, name, isWeight] = BACKEND.exec(path) ?? []
    if (name === undefined) continue
    if (isWeight !== undefined)
      backends.set(name, { ...members(backends.get(name)), weight: before })
    else if (before === undefined) backends.delete(name)
    else backends.set(name, before)
  }
  return [{ ...first, backendRefs: [...backends.values()] }, ...others]
}

function shared(route: KubeObject | undefined) {
  return route === undefined ? [] : (kindOf(route).route?.shares?.(route) ?? [])
}

function withRules(route: KubeObject, rules: unknown): KubeObject {
  return { ...route, spec: { rules } }
}
