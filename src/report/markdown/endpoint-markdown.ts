import { formatRef } from '../../object/index.ts'
import { reasonOf, type Change } from '../change.ts'
import { clip, namesOf, type Part } from './comment.ts'
import type { EndpointChange } from '../endpoint-change.ts'
import { fieldLines, type ChangeLine } from '../field-change.ts'
import { effectsOf, type Effect } from '../impact/impact.ts'
import { escapeHtml, fenceFor, LONGEST_TEXT } from './markdown.ts'
import { MARKS } from '../text/plan-text.ts'
import { plural } from '../../words/index.ts'

/** Of endpoints to which the same happens: in full, and in the forms that are left where there is not enough room. */
export function partOf(same: readonly EndpointChange[]): Part[] {
  const [first] = same
  if (first === undefined) return []
  const { verb, impact } = first
  const words = wordsOf(first)
  const names = same.map(({ endpoint }) => escapeHtml(endpoint))
  const bold = names.map(name => `<b>${name}</b>`)
  const about = { verb, words, names }
  const part: Part = {
    full: detailsOf({ ...about, list: bold.join(', ') }, fullLines(first)),
    short: detailsOf({ ...about, list: namesOf(bold) }, shortLines(first)),
    names,
    headline: [`<code>${MARKS[verb][0]}</code> ${verb}`, words],
    isGrave: impact.downtime.answer !== 'no',
  }
  return [part]
}

interface About {
  verb: EndpointChange['verb']
  words: string
  names: readonly string[]
  /** All names, or as many as there is room for. */
  list: string
}

function detailsOf({ verb, words, names, list }: About, lines: string[]): string {
  const fence = fenceFor(lines)
  const [first = '', ...others] = names
  const who = others.length === 0 ? first : `${names.length} endpoints`
  const headline = `<code>${MARKS[verb][0]}</code> ${verb} <b>${who}</b>: ${words}`
  const note = others.length === 0 ? '' : `${list}\n\nOf ${first}, and of the others alike:\n\n`
  return `<details><summary>${headline}</summary>\n\n${note}${fence}diff\n${lines.join('\n')}\n${fence}\n\n</details>\n`
}

function wordsOf({ highlights, impact }: EndpointChange): string {
  const words = highlights.map(word => escapeHtml(clip(word, LONGEST_TEXT)))
  return [...words, ...effectsOf(impact).map(emphasized)].join('; ')
}

function fullLines({ changes }: EndpointChange): string[] {
  return changes.flatMap(change => objectLines(change, change.changes.flatMap(fieldLines)))
}

const MOST_LINES = 100

/** The first objects, of each the first fields, of each the beginning. */
function shortLines({ changes }: EndpointChange): string[] {
  const lines = changes.flatMap(change => objectLines(change, shortFieldLines(change)))
  const missing = lines.length - MOST_LINES
  return missing <= 0
    ? lines
    : [...lines.slice(0, MOST_LINES), `      … ${plural(missing, 'more line')}`]
}

const MOST_FIELDS = 20
const MOST_FIELD_LINES = 8
const LONGEST_LINE = 200

function shortFieldLines({ changes }: Change): ChangeLine[] {
  const lines = changes.slice(0, MOST_FIELDS).flatMap(change => {
    const all = fieldLines(change)
    const kept = all
      .slice(0, MOST_FIELD_LINES)
      .map(({ sign, text }) => ({ sign, text: clip(text, LONGEST_LINE) }))
    return [...kept, ...left(all.length - kept.length, 'more line')]
  })
  return [...lines, ...left(changes.length - MOST_FIELDS, 'more field')]
}

function left(count: number, what: string): ChangeLine[] {
  return count <= 0 ? [] : [{ sign: ' ', text: `… ${plural(count, what)}` }]
}

function emphasized({ text, weight }: Effect): string {
  return weight === 'calm' ? escapeHtml(text) : `<b>${escapeHtml(text)}</b>`
}

function objectLines({ type, ref, ...change }: Change, fields: readonly ChangeLine[]): string[] {
  const reason = clip(reasonOf({ type, ref, ...change }), LONGEST_TEXT)
  const why = reason === '' ? '' : ` (${reason})`
  return [
    `${SIGNS[type]} ${type === 'prune' ? 'delete' : type} ${formatRef(ref)}${why}`,
    ...fields.map(({ sign, text }) => `${sign}     ${text}`),
  ]
}

/** What GitHub colours in a diff block: green, red, orange. */
const SIGNS = { create: '+', prune: '-', switch: '-', update: '!', adopt: '!', replace: '!' }
