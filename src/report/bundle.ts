import type { Bundle, ContainerLog } from '../doctor/index.ts'
import { cleanLine, cleanText } from './clean.ts'
import { digestLines, eventLines } from './digest.ts'
import { escapeHtml, escapeMarkdown, fenceFor } from './markdown.ts'

/** A page in GitHub takes a little more; the outcome stands above. */
const MOST_CHARACTERS = 60_000

/** Each endpoint folded up under the cause of its trouble. The longest parts lose their beginning where all would be too long. */
export function bundlesAsMarkdown(bundles: readonly Bundle[]): string {
  const share = Math.floor(MOST_CHARACTERS / Math.max(1, bundles.length))
  return bundles.map(bundle => bundleAsMarkdown(bundle, share)).join('\n')
}

/** One endpoint in at most so many characters. */
export function bundleAsMarkdown(bundle: Bundle, most: number = MOST_CHARACTERS): string {
  const { diagnosis } = bundle.status
  const head = [
    `<details><summary><b>${escapeHtml(bundle.endpoint)}</b>: ${escapeHtml(short(diagnosis?.summary ?? bundle.status.message))}</summary>`,
    '',
    ...(diagnosis === undefined ? [] : [`**Do:** ${escapeMarkdown(short(diagnosis.remedy))}`, '']),
  ].join('\n')
  const tail = '\n</details>\n'
  const room = most - head.length - tail.length
  const parts = partsOf(bundle).slice(0, Math.floor(room / LEAST_PART))
  const share = room / Math.max(1, parts.length) - PART_OVERHEAD
  return `${head}${parts.map(part => partAsMarkdown(part, share)).join('')}${tail}`
}

/** A heading, two fences, line feeds and the count of lines left out. */
const PART_OVERHEAD = 250
const LEAST_PART = 500
const MOST_SUMMARY = 1000

function short(text: string): string {
  return text.length <= MOST_SUMMARY ? text : `${text.slice(0, MOST_SUMMARY)}…`
}

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
  return `container ${container} of pod ${pod}${previous ? ' (the run before)' : ''}`
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
