import { formatRef } from '../../object/index.ts'
import type { ApplyEvent } from '../../apply/index.ts'
import { cleanLine } from '../clean.ts'
import { advance, startProgress, type ApplyView } from './progress.ts'
import { waitTeller } from './waits.ts'
import { documentOf } from '../documents.ts'
import { countWords } from '../plan-counts.ts'
import { jsonLine } from '../outgoing.ts'
import { causeLine } from '../text/failures.ts'
import { SYMBOLS, type Colour, type Paint } from '../text/style.ts'
import { formatSeconds, shortCommit } from '../../words/index.ts'

/** Events as lines for logs, each once; waits when what is waited for has changed, and once in a while. */
export function lineView(write: (text: string) => void, paint: Paint): ApplyView {
  const progress = startProgress()
  const tellWaits = waitTeller()
  return {
    onEvent: event => {
      advance(progress, event)
      const line = eventLine(event, paint)
      if (line !== undefined) write(`${line}\n`)
    },
    tick: now => {
      const time = paint('dim', timeOf(new Date(now).toISOString()))
      for (const line of tellWaits(progress.endpoints.values(), now)) write(`${time} ${line}\n`)
    },
    above: write,
    end: () => undefined,
  }
}

/** Each event as one line of JSON; the plan in its documented form. */
export function jsonView(write: (text: string) => void): ApplyView {
  return {
    onEvent: event => {
      const shown =
        event.type === 'started' ? { ...event, plan: documentOf('Plan', event.plan) } : event
      write(jsonLine(shown))
    },
    tick: () => undefined,
    above: write,
    end: () => undefined,
  }
}

/** One event as a line with its time (UTC); undefined for those that only machines want. */
export function eventLine(event: ApplyEvent, paint: Paint): string | undefined {
  const text = eventText(event)
  if (text === undefined) return undefined
  const line = cleanLine(text)
  const colour = COLOURS[event.type]
  return `${paint('dim', timeOf(event.time))} ${colour === undefined ? line : paint(colour, line)}`
}

const COLOURS: Partial<Record<ApplyEvent['type'], Colour>> = {
  failed: 'red',
  forced: 'yellow',
  ready: 'green',
}

function timeOf(time: string): string {
  return time.slice(11, 19)
}

function eventText(event: ApplyEvent): string | undefined {
  switch (event.type) {
    case 'started':
      return startText(event)
    case 'lock-waiting':
      return `waiting for the lock held by ${event.holder}${heldFor(event)}`
    case 'lock-acquired':
      return event.takenOverFrom === undefined
        ? undefined
        : `took over the lock of ${event.takenOverFrom}, which has expired`
    case 'replanned':
      return `another apply came first; now: ${countWords(event.plan)}`
    // Waits are told by ticks: most are over, or about something else, before anybody could read them.
    case 'waiting':
    case 'deletion-waiting':
    case 'writing':
    case 'finished':
      return undefined
    case 'written':
      return `${event.outcome} ${formatRef(event.ref)}`
    case 'retrying':
      return `${formatRef(event.ref)}: again in ${formatSeconds(event.delaySeconds)} (attempt ${event.attempt}): ${event.reason}`
    case 'smoke-passed':
      return `${event.endpoint}: ${event.check} answered after ${formatSeconds(event.latencySeconds)}`
    case 'failed':
      return causeLine({ ...event.problem, endpoint: event.endpoint }, event.diagnosis)
    case 'forced':
      return `${SYMBOLS.forced} ${event.problem.message}`
    case 'ready':
      return `${SYMBOLS.done} ${event.endpoint} is ready after ${formatSeconds(event.elapsedSeconds)}`
    default:
      return deletionText(event)
  }
}

/** Since when is not known of every Lease. */
function heldFor({ since, time }: { since: string; time: string }): string {
  const seconds = (Date.parse(time) - Date.parse(since)) / 1000
  return Number.isNaN(seconds) ? '' : ` for ${formatSeconds(Math.max(0, Math.round(seconds)))}`
}

function startText({ plan, revision }: Extract<ApplyEvent, { type: 'started' }>): string {
  const counts = countWords(plan)
  return plan.deletion === undefined
    ? `applying ${shortCommit(revision.commit)} to ${plan.environment}: ${counts}`
    : `deleting from ${plan.environment}: ${counts}`
}

type DeletionEvent = Extract<ApplyEvent, { type: 'deleting' | 'deleted-again' | 'deleted' }>

function deletionText(event: DeletionEvent): string {
  const name = formatRef(event.ref)
  switch (event.type) {
    case 'deleting':
      return `deleting ${name}: ${event.reason}`
    case 'deleted-again':
      return `${name}: the deletion had been lost and was sent again`
    default:
      return `deleted ${name} after ${formatSeconds(event.elapsedSeconds)}`
  }
}
