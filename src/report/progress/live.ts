import type { ApplyEvent } from '../../apply/index.ts'
import { cleanLine } from '../clean.ts'
import {
  advance,
  startProgress,
  type ApplyView,
  type EndpointProgress,
  type Progress,
} from './progress.ts'
import { eventLine } from './lines.ts'
import type { Paint } from '../text/style.ts'
import { cut, pad, textWidth } from '../text/table.ts'
import { wrapLine } from '../text/wrap.ts'
import { formatSeconds, plural, waitParts } from '../../words/index.ts'

export interface LiveOptions {
  write: (text: string) => void
  paint: Paint
  /** Of the terminal; read before each drawing. */
  size: () => { columns: number; rows: number }
}

/** A block at the terminal's end with one line per endpoint at work; what has happened scrolls away above it. */
export function liveView({ write, paint, size }: LiveOptions): ApplyView {
  const progress = startProgress()
  let drawn: string[] = []
  let drawnAt = 0
  // From the first column: a ^C that the terminal echoes has moved the cursor.
  const erase = () =>
    drawn.length === 0 ? '' : `\r\u001B[${rowsOf(drawn, size().columns)}A\u001B[0J`
  const drawBelow = (text: string, now: number) => {
    const frame = { paint, now, ...size() }
    const lines = progressLines(progress, frame)
    const above = text.split('\n').flatMap(line => wrapLine(line, frame.columns))
    write(erase() + above.join('\n') + lines.map(line => `${line}\n`).join(''))
    drawn = lines
    drawnAt = now
  }
  return {
    onEvent: event => {
      advance(progress, event)
      const line = LASTING.has(event.type) ? eventLine(event, paint) : undefined
      const now = Date.parse(event.time)
      if (line !== undefined) drawBelow(`${line}\n`, now)
      else if (now - drawnAt >= PAUSE_MS) drawBelow('', now)
    },
    above: text => drawBelow(text, Date.now()),
    tick: now => drawBelow('', now),
    end: () => {
      write(erase())
      drawn = []
    },
  }
}

/** How many rows lines take: a window that has become narrower since has broken them. */
function rowsOf(lines: readonly string[], columns: number): number {
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(textWidth(line) / columns)), 0)
}

/** Between two drawings; the next tick shows what came in between. */
const PAUSE_MS = 50

/** Events that stay on the screen; the others only change the block. */
const LASTING = new Set<ApplyEvent['type']>([
  'started',
  'replanned',
  'lock-acquired',
  'retrying',
  'deleted-again',
  'forced',
  'deleted',
  'ready',
  'failed',
  'smoke-passed',
])

interface Frame {
  paint: Paint
  now: number
  columns: number
  rows: number
}

/** The block: endpoints at work first, as many as the screen has room for, then what is left in one line. */
export function progressLines(progress: Progress, frame: Frame): string[] {
  const all = [...progress.endpoints.values()]
  const active = all.filter(({ state }) => ['writing', 'deleting', 'waiting'].includes(state))
  const room = Math.max(1, frame.rows - (frame.rows < FEWEST_ROWS ? 4 : 6))
  const shown = active.slice(0, room)
  const parts = frame.rows < FEWEST_ROWS ? [] : partsLines(shown, frame)
  const longest = Math.max(0, ...shown.map(({ endpoint }) => textWidth(cleanLine(endpoint))))
  // The cause has the better part of the line.
  const width = Math.min(longest, Math.floor(frame.columns / 3))
  const headline =
    progress.headline === '' ? [] : [cut(cleanLine(progress.headline), frame.columns)]
  return [
    ...headline,
    ...shown.map(entry => endpointLine(entry, width, frame)),
    ...parts,
    ...restLine(all, active.length - shown.length, frame.columns),
  ]
}

/** Of a smaller screen the endpoints have all. */
const FEWEST_ROWS = 12

/** `7m: 5m 30s to schedule its pods and pull images, …`: of the first that is waited for; the name where it is not alone. */
function partsLines(shown: readonly EndpointProgress[], { paint, columns }: Frame): string[] {
  const waiting = shown.filter(({ state }) => state === 'waiting')
  const [first] = waiting
  if (first?.parts === undefined) return []
  const name = waiting.length === 1 ? '' : `${cleanLine(first.endpoint)}, `
  const text = `  ${name}${formatSeconds(first.deadlineSeconds ?? 0)}: ${waitParts(first.parts)}`
  return wrapLine(text, columns - 1).map(line => paint('dim', line))
}

function endpointLine(
  entry: EndpointProgress,
  width: number,
  { paint, now, columns }: Frame,
): string {
  const clock = clockOf(entry, now)
  const name = pad(cut(cleanLine(entry.endpoint), width), width)
  const room = columns - width - clock.length - 7
  const detail = cut(cleanLine(causeFirst(entry.detail)), Math.max(10, room))
  const line = cut(`${name}  ${pad(detail, room)}  ${clock}`, columns - 3)
  const rest = line.slice(name.length)
  return `${paint('cyan', '…')} ${paint('bold', line.slice(0, name.length))}${rest}`.trimEnd()
}

/**
 * `Deployment/chat: 0 of 2 new pods available; pod chat-1: waiting for a GPU node` the other way round: of a line that is cut, the
 * cause is read, and the object is at the end.
 */
export function causeFirst(detail: string): string {
  const [, object, rest = ''] = /^(?:([A-Z]\w+\/\S+): )?(.*)$/s.exec(detail) ?? []
  const [, count, pod, cause] = /^(.*?); pod (\S+): (.*)$/s.exec(rest) ?? []
  const parts = cause === undefined ? [rest] : [cause, count, `pod ${pod}`]
  return [...parts, object].filter(part => part !== undefined && part !== '').join('; ')
}

function clockOf({ since, deadlineSeconds }: EndpointProgress, now: number): string {
  if (since === undefined) return ''
  const elapsed = formatSeconds(Math.max(0, Math.floor((now - since) / 1000)))
  return deadlineSeconds === undefined ? elapsed : `${elapsed} of ${formatSeconds(deadlineSeconds)}`
}

function restLine(all: readonly EndpointProgress[], hidden: number, columns: number): string[] {
  const count = (state: EndpointProgress['state']) =>
    all.filter(entry => entry.state === state).length
  const parts = [
    hidden > 0 ? `${hidden} more at work` : '',
    count('queued') > 0 ? `${plural(count('queued'), 'endpoint')} queued` : '',
    count('failed') > 0 ? `${count('failed')} failed` : '',
  ].filter(part => part !== '')
  return parts.length === 0 ? [] : [cut(`  ${parts.join(', ')}`, columns - 1)]
}
