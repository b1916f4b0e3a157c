import { SERVICE, isOf, kindOf } from '../../kinds/index.ts'
import type { FieldChange } from '../../plan/index.ts'
import type { Change } from '../change.ts'
import type { Answer } from './downtime.ts'

/** Gaps that come from how callers reach the pods: the Service and the Ingress. */
export function addressAnswers(changes: readonly Change[]): Answer[] {
  const restarts = changes.some(({ restartsPods, type }) => restartsPods && type !== 'prune')
  return changes
    .filter(({ ref }) => isOf(ref, SERVICE) || kindOf(ref).route !== undefined)
    .flatMap(change => answersOf(change, { restarts, successor: successorOf(change, changes) }))
    .map(because => ({ answer: 'yes', because }))
}

interface Around {
  restarts: boolean
  successor: string | undefined
}

/** The kind of the new way in from outside, when an endpoint moves from an Ingress to a route or back. */
function successorOf({ type, ref }: Change, changes: readonly Change[]): string | undefined {
  if (type !== 'prune' || kindOf(ref).route === undefined) return undefined
  const next = changes.find(each => each.type === 'create' && kindOf(each.ref).route !== undefined)
  return next?.ref.kind
}

function answersOf(change: Change, { restarts, successor }: Around): string[] {
  const { type, ref, changes, keepsPods, held, settles } = change
  if (successor !== undefined)
    return [
      `its ${ref.kind} is deleted once its ${successor} is ready: see that the host leads there`,
    ]
  // What waits for its pods, or for gateways, leaves no gap.
  if (type === 'prune' && settles === true) return []
  if (type === 'prune') return [`its ${ref.kind} is deleted`]
  if (type === 'replace') return [`its ${ref.kind} is deleted, then created`]
  if (!isOf(ref, SERVICE)) return []
  const moves = changes.some(({ path }) => path.startsWith('spec.selector'))
  return [
    ...(moves && keepsPods !== true && held !== true
      ? ['its Service selects other pods at once']
      : []),
    ...lostPorts(changes).map(port => `its Service no longer answers on port ${port}`),
    ...changes.flatMap(field => targetAnswer(field, restarts)),
  ]
}

/** Ports that callers use and that no entry has any more: an entry without a name goes whole when its number changes. */
function lostPorts(changes: readonly FieldChange[]): number[] {
  const kept = changes.flatMap(({ path, after }) => portsAt(path, after))
  return changes
    .flatMap(({ path, before }) => portsAt(path, before))
    .filter(port => !kept.includes(port))
}

function portsAt(path: string, value: unknown): number[] {
  if (/^spec\.ports\[[^\]]*\]\.port$/.test(path)) return typeof value === 'number' ? [value] : []
  if (!/^spec\.ports(?:\[[^\]]*\])?$/.test(path)) return []
  return [value].flat().flatMap(entry => {
    const port: unknown = Object(entry).port
    return typeof port === 'number' ? [port] : []
  })
}

/** The Service changes at once, while pods take their time. A port that has a name is looked up in each pod, so its number may change. */
function targetAnswer({ path, before, after }: FieldChange, restarts: boolean): string[] {
  if (before === undefined) return []
  const isNumber = restarts && typeof after === 'number'
  return isNumber && path.endsWith('.targetPort')
    ? [`its Service goes to port ${after} before any pod listens there`]
    : []
}
