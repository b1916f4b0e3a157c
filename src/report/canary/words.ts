import { isKserve, isRuntime, kindOf, servedBy } from '../../kinds/index.ts'
import { canaryServiceName, isTracked, TRACK_LABEL, type KubeObject } from '../../object/index.ts'
import type { FieldChange } from '../../plan/index.ts'
import type { Change } from '../change.ts'
import { headersBefore, isOfMatch, isOfShares, sharesBefore, sharesIn } from './route.ts'
import { isOfRevision, isShareOfRevision, revisionWords } from './revisions.ts'

/**
 * What happens to an endpoint's canary, and to how requests are shared out: `canary: 10 % of the requests go to the candidate chat-b,
 * image vllm:0.7.0`. The one source of these words, whatever form they are shown in.
 */
export function canaryWords(changes: readonly Change[]): string[] {
  const taking = successionWords(changes)
  const isOver = taking.length > 0 && !hasCandidate(changes)
  const words = changes.flatMap(change => trafficWords(change, changes))
  return isOver ? taking : [...taking, ...words]
}

const hasCandidate = (changes: readonly Change[]) =>
  changes.some(({ desired }) => sharesIn(desired).length > 1)

/** Without the fields that these words tell of. */
export function withoutCanary(changes: readonly Change[]): Change[] {
  const isTaking = successionWords(changes).length > 0
  return changes.map(change => {
    const isTold = trafficWords(change, changes).length > 0
    const isOther = (field: FieldChange) =>
      !(isTold && isOfTraffic(field)) && !(isTaking && isOfSuccession(field))
    return { ...change, changes: change.changes.filter(isOther) }
  })
}

/** Whether it is of what is tried, and not of what serves. */
export function isOfCandidate({ desired }: Change): boolean {
  return desired !== undefined && (isTracked(desired) || isOfRevision(desired))
}

/** One of the two sets of pods goes: what was tried serves from now on, or what served all the time. */
function successionWords(changes: readonly Change[]): string[] {
  const runtimes = changes.filter(({ ref }) => isRuntime(ref))
  const goes = runtimes.filter(({ type, settles }) => type === 'prune' && settles === true)
  const promoted = runtimes.find(each => each.changes.some(isOfTrack) && !isOfCandidate(each))
  const [gone] = goes
  const end = gone === undefined ? '' : `, and ${gone.ref.name} goes`
  if (promoted !== undefined)
    return [
      `promotes the canary: ${hasCandidate(changes) ? '' : 'all '}requests go to ${named(promoted.ref.name, promoted.desired)}${end}`,
    ]
  if (gone === undefined) return []
  return runtimes.some(({ type, desired }) => type === 'create' && !isTracked(desired))
    ? [`other pods take over from ${gone.ref.name}`]
    : [`gives up the canary: all requests go to what served before${end}`]
}

function isOfTrack({ path, before, after }: FieldChange): boolean {
  return path === TRACK_PATH && before !== undefined && after === undefined
}

const TRACK_PATH = `metadata.labels["${TRACK_LABEL}"]`

/** What leads to pods leads to others, with their name. */
function isOfSuccession({ path }: FieldChange): boolean {
  return path === TRACK_PATH || LEADS.test(path)
}

const LEADS =
  /^spec\.(?:selector(?:\.matchLabels)?\["slipway\.dev\/endpoint"\]|scaleTargetRef\.name)$/

function isOfTraffic(field: FieldChange): boolean {
  return isOfShares(field) || isOfMatch(field) || isShareOfRevision(field)
}

function trafficWords(change: Change, all: readonly Change[]): string[] {
  const { desired, type, endpoint } = change
  if (desired === undefined) return []
  if (isKserve(desired)) return revisionWords(change, desired)
  const isAsked = type === 'create' || change.changes.some(isOfTraffic)
  if (!isAsked || kindOf(desired).route === undefined) return []
  const service = canaryServiceName(endpoint)
  const others = sharesIn(desired)
    .slice(1)
    .filter(({ name }) => name !== service)
  return [
    ...candidateWords(change, desired, all),
    ...others.flatMap(each => otherWords(each, change, desired)),
  ]
}

/** A backend that somebody has added. */
function otherWords(
  { name, percent }: { name: string; percent: number },
  change: Change,
  desired: KubeObject,
): string[] {
  const before =
    sharesBefore(desired, change.changes).find(each => each.name === name)?.percent ?? 0
  return before === percent ? [] : [`${percent} % of ${change.endpoint}'s requests go to ${name}`]
}

function candidateWords(change: Change, route: KubeObject, all: readonly Change[]): string[] {
  const { endpoint, type, changes } = change
  const service = canaryServiceName(endpoint)
  const share = sharesIn(route).find(({ name }) => name === service)?.percent
  const old = sharesBefore(route, changes)
  const before = type === 'create' ? undefined : old.find(({ name }) => name === service)?.percent
  if (share === undefined)
    return before === undefined
      ? []
      : [`all of ${endpoint}'s requests go to ${sharesIn(route)[0]?.name ?? 'nobody'}`]
  const headers = kindOf(route).route?.headers?.(route, service) ?? []
  const gone = type === 'create' ? [] : headersBefore(route, changes, service)
  const isMatchTold = changes.some(isOfMatch) && (headers.length > 0 || gone.length > 0)
  if (share === before && !isMatchTold) return []
  const until = before === undefined || before === share ? '' : `, until now ${before} %`
  const left = gone.filter(each => !headers.includes(each))
  const lost = left.length === 0 ? '' : `, no longer those with ${left.join(' and ')}`
  return [`canary: ${who(share, headers)} go to ${candidateOf(all)}${until}${lost}`]
}

/** Whose requests: the header's whatever the share. */
function who(share: number, headers: readonly string[]): string {
  const asked = headers.join(' and ')
  if (share === 100) return 'all requests'
  if (share === 0) return asked === '' ? 'no requests' : `only requests with ${asked}`
  return `${share} % of the requests${asked === '' ? '' : `, and those with ${asked},`}`
}

function candidateOf(changes: readonly Change[]): string {
  const found = changes.find(
    ({ type, ref, desired }) => type === 'create' && isRuntime(ref) && isTracked(desired),
  )
  return found === undefined
    ? 'the candidate'
    : `the candidate ${named(found.ref.name, found.desired)}`
}

function named(name: string, object: KubeObject | undefined): string {
  const { image, model } = object === undefined ? {} : servedBy(object)
  const parts = [image && `image ${image}`, model && `model ${model}`].filter(
    part => part !== undefined && part !== '',
  )
  return parts.length === 0 ? name : `${name} (${parts.join(', ')})`
}
