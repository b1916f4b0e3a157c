import type { ApplyEvent } from '../../apply/index.ts'
import type { Plan } from '../../plan/index.ts'
import type { WaitParts } from '../../words/index.ts'
import { plannedActions } from '../change.ts'

/** Shows an apply while it runs. */
export interface ApplyView {
  onEvent: (event: ApplyEvent) => void
  /** To be called every second with the time in milliseconds: waits go on without events. */
  tick: (now: number) => void
  /** Writes a message that is no event. */
  above: (text: string) => void
  /** Nothing more will come, or not for a while. */
  end: () => void
}

/** What an apply is doing with one endpoint. */
export interface EndpointProgress {
  endpoint: string
  state: 'queued' | 'writing' | 'deleting' | 'waiting' | 'done' | 'failed'
  /** What happens or what is waited for, as a clause. */
  detail: string
  /** Milliseconds: when the present wait began, and its limit. */
  since?: number
  deadlineSeconds?: number
  /** What the limit is made of, where it is the usual one. */
  parts?: WaitParts
}

/** The state of an apply as a function of its events: what the live view draws. */
export interface Progress {
  endpoints: Map<string, EndpointProgress>
  /** The usual limit of each endpoint, with what it is made of. */
  budgets: Map<string, { readySeconds: number; parts: WaitParts }>
  /** Of the apply as a whole: `waiting for the lock`. */
  headline: string
}

export function startProgress(): Progress {
  return { endpoints: new Map(), budgets: new Map(), headline: '' }
}

/** Takes an event in. The state is not copied: an apply of thousands of endpoints has tens of thousands of events. */
export function advance(progress: Progress, event: ApplyEvent): void {
  if (event.type === 'started' || event.type === 'replanned') {
    progress.endpoints = queued(event.plan)
    progress.budgets = budgetsOf(event.plan)
    progress.headline = ''
  } else if (event.type === 'lock-waiting') {
    progress.headline = `waiting for the lock held by ${event.holder}`
  } else if (event.type === 'lock-acquired') {
    progress.headline = ''
  } else {
    const change = endpointChange(event)
    if (change !== undefined)
      progress.endpoints.set(change.endpoint, { ...change, ...partsOf(progress, change) })
  }
}

function queued(plan: Plan): Progress['endpoints'] {
  const names = new Set(plannedActions(plan).map(action => action.endpoint))
  return new Map([...names].map(endpoint => [endpoint, { endpoint, state: 'queued', detail: '' }]))
}

function budgetsOf({ endpoints }: Plan): Progress['budgets'] {
  const known = endpoints.flatMap(({ name, readySeconds, budget: parts }) =>
    parts === undefined ? [] : [[name, { readySeconds, parts }] as const],
  )
  return new Map(known)
}

/** A limit that was given, or shortened by what the pods have had, is made of nothing. */
function partsOf(
  { budgets }: Progress,
  { endpoint, deadlineSeconds }: EndpointProgress,
): { parts?: WaitParts } {
  const budget = budgets.get(endpoint)
  return budget === undefined || budget.readySeconds !== deadlineSeconds
    ? {}
    : { parts: budget.parts }
}

function endpointChange(event: ApplyEvent): EndpointProgress | undefined {
  switch (event.type) {
    case 'writing':
      return {
        endpoint: event.endpoint,
        state: 'writing',
        detail: `${event.action} ${event.ref.kind}`,
      }
    case 'deleting':
      return {
        endpoint: event.endpoint,
        state: 'deleting',
        detail: `deleting ${event.ref.kind}/${event.ref.name}`,
        since: Date.parse(event.time),
      }
    case 'deletion-waiting':
      return {
        endpoint: event.endpoint,
        state: 'deleting',
        detail: `deleting ${event.ref.kind}/${event.ref.name}: ${event.holding}`,
        since: beginOf(event),
      }
    case 'waiting':
      return {
        endpoint: event.endpoint,
        state: 'waiting',
        detail: event.message,
        since: beginOf(event),
        deadlineSeconds: event.deadlineSeconds,
      }
    case 'ready':
      return { endpoint: event.endpoint, state: 'done', detail: 'ready' }
    case 'deleted':
      return { endpoint: event.endpoint, state: 'done', detail: `deleted ${event.ref.kind}` }
    case 'failed':
      return { endpoint: event.endpoint, state: 'failed', detail: event.problem.message }
    default:
      return undefined
  }
}

function beginOf(event: { time: string; elapsedSeconds: number }): number {
  return Date.parse(event.time) - event.elapsedSeconds * 1000
}
