import type { Bundle, ContainerLog } from '../../doctor/index.ts'
import { cleanLine, cleanText } from '../clean.ts'
import { digestLines, eventLines } from './digest.ts'
import { clip, linesWithin } from './comment.ts'
import { escapeHtml, escapeMarkdown, fenceFor } from './markdown.ts'
import { plural } from '../../words/index.ts'

/** A page in GitHub takes a little more; the outcome stands above. */
const MOST_CHARACTERS = 60_000

/** Each endpoint folded up under the cause of its trouble. The longest parts lose their beginning where all would be too long. */
export function bundlesAsMarkdown(bundles: readonly Bundle[]): string {
  const told = bundles.slice(0, MOST_BUNDLES)
  const others = bundles.slice(MOST_BUNDLES).map(bundle => `- ${headOf(bundle)}`)
  const room = MOST_CHARACTERS - (others.length === 0 ? 0 : OTHERS_ROOM)
  const share = Math.floor(room / Math.max(1, told.length))
  const missing = (count: number) => `- and ${plural(count, 'more endpoint')}`
  return [
    ...told.map(bundle => bundleAsMarkdown(bundle, share)),
    ...linesWithin(others, OTHERS_ROOM - 100, missing),
  ].join('\n')
}

/** Of more, only the cause is told. */
const MOST_BUNDLES = 15
/** Of a text that may grow fourfold when it is escaped. */
const LONGEST_TEXT = 400
const OTHERS_ROOM = 10_000

function headOf({ endpoint, status }: Bundle): string {
  const cause = status.diagnosis?.summary ?? status.message
  return `<b>${escapeHtml(endpoint)}</b>: ${escapeHtml(clip(cause, LONGEST_TEXT))}`
}

/** One endpoint in at most so many characters. */
export function bundleAsMarkdown(bundle: Bundle, most: number = MOST_CHARACTERS): string {
  const { diagnosis } = bundle.status
  const head = [
    `<details><summary>${headOf(bundle)}</summary>`,
    '',
    ...(diagnosis === undefined
      ? []
      : [`**Do:** ${escapeMarkdown(clip(diagnosis.remedy, LONGEST_TEXT))}`, '']),
  ].join('\n')
  const tail = '\n</details>\n'
  const room = most - head.length - tail.length
  const parts = partsOf(bundle).slice(0, Math.max(0, Math.floor(room / LEAST_PART)))
  const share = room / Math.max(1, parts.length) - PART_OVERHEAD
  return `${head}${parts.map(part => partAsMarkdown(part, share)).join('')}${tail}`
}

/** A heading, two fences, line feeds and the count of lines left out. */
const PART_OVERHEAD = 250
const LEAST_PART = 500

/** Digest and events for a terminal or a file. */
export function bundleAsText(bundle: Bundle): string {
  const { diagnosis } = bundle.status
  const cause =
    diagnosis === undefined ? [] : [diagnosis.summary, `do: ${diagnosis.remedy}`].map(cleanLine)
  const lines = [...cause, ...digestLines(bundle), '', 'events:', ...eventLines(bundle)]
  return `${lines.join('\n')}\n`
}

interface Part {
  title: string
  lines: string[]
}

function partsOf(bundle: Bundle): Part[] {
  const events = eventLines(bundle)
  return [
    { title: 'Objects', lines: digestLines(bundle) },
    ...(events.length === 0 ? [] : [{ title: 'Events', lines: events }]),
    ...bundle.logs.map(log => ({
      title: `Log of ${logName(log)}`,
      lines: cleanText(log.text).split('\n'),
    })),
  ]
}

/** `container server of pod chat-1 (run before)` */
export function logName({ container, pod, previous }: ContainerLog): string {
  return `container ${container} of pod ${pod}${previous ? ' (previous run)' : ''}`
}

/** The end says why. */
function partAsMarkdown({ title, lines }: Part, room: number): string {
  const kept = lastLines(lines, room)
  const fence = fenceFor(kept)
  return `\n${escapeMarkdown(title.slice(0, 150))}\n\n${fence}text\n${kept.join('\n')}\n${fence}\n`
}

function lastLines(lines: string[], room: number): string[] {
  let size = 0
  const kept = lines.toReversed().filter(line => {
    size += line.length + 1
    return size <= room
  })
  const rest = lines.length - kept.length
  return rest === 0 ? lines : [`(${rest} lines before)`, ...kept.toReversed()]
}
