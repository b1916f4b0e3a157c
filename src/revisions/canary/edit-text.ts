import { isMap, toYamlText } from '../../object/index.ts'
import { failure, type Place, type SlipwayError } from '../../problem/index.ts'
import {
  candidateFields,
  isAlternative,
  readYaml,
  type YamlEntry,
  type YamlNode,
} from '../../spec/index.ts'
import { indented, linesOf, spliced } from './block.ts'
import { merged } from './merged.ts'

/** A file with a canary in it, and where its key stands. */
export interface Edited {
  text: string
  place: Place
}

/** The file with another weight; nothing else of it changes. */
export async function withWeight({ text, place }: Edited, weight: number): Promise<string> {
  const { trial } = await find(text, place)
  const node = trial.node.entries?.get('weight')?.node
  if (node?.text === undefined) throw byHand(place)
  return `${text.slice(0, node.start)}${weight}${text.slice(node.start + node.text.length)}`
}

/** The file without the canary. */
export async function withoutCanary({ text, place }: Edited): Promise<string> {
  const { trial } = await find(text, place)
  const lines = linesOf(text, trial)
  if (lines === undefined) throw byHand(place)
  return spliced(text, lines, '')
}

/** The file with the canary's fields in the place of those beside it, and the name that serves from now on where there are two. */
export async function promoted(edited: Edited, slot: string | undefined): Promise<string> {
  const { trial } = await find(edited.text, edited.place)
  const fields = { ...fieldsOf(trial.node), ...(slot !== undefined && { slot }) }
  let current = edited
  for (const [name, value] of Object.entries(fields)) {
    // oxlint-disable-next-line no-await-in-loop
    current = moved(current, await withField(current, [name], value))
  }
  return withoutCanary(current)
}

/** What is above the canary may have more or fewer lines than before; from its key on nothing has changed. */
function moved({ text: before, place }: Edited, text: string): Edited {
  const [old, now] = [before.split('\n'), text.split('\n')]
  const key = old[place.line - 1]
  const below = old.length - place.line
  const found = now.findLastIndex((line, index) => line === key && index <= now.length - 1)
  const exact = now.length - 1 - below
  const line = now[exact] === key ? exact : found
  return { text, place: { ...place, line: line + 1 } }
}

type Steps = readonly [string, ...string[]]

/** Replaces the lines of a field; of a map that is written in lines, those of its members. */
async function withField(edited: Edited, path: Steps, value: unknown): Promise<string> {
  const { text, place } = edited
  const { layer, trial } = await find(text, place)
  const parent = path.slice(0, -1).reduce((node, step) => inside(node, step, place), layer)
  const name = path.at(-1) ?? ''
  const entry = parent.entries?.get(name)
  const isTop = path.length === 1
  if (entry === undefined) {
    const lines = linesOf(text, isTop ? trial : (lastOf(parent) ?? trial))
    if (lines === undefined) throw byHand(place)
    const at = isTop ? lines.start : lines.end
    return spliced(text, { start: at, end: at }, written(name, value, lines.indent))
  }
  const known = entry.node.value
  const isMerged = isMap(value) && isMap(known) && !isAlternative(path)
  if (isMerged && isInLines(text, entry.node)) return withMembers(edited, path, value)
  const lines = linesOf(text, entry)
  if (lines === undefined) throw byHand(place)
  const whole = isTop || isMerged ? merged(path, known, value) : value
  return spliced(text, lines, written(name, whole, lines.indent))
}

async function withMembers(edited: Edited, path: Steps, value: object): Promise<string> {
  let current = edited
  for (const [name, member] of Object.entries(value)) {
    // oxlint-disable-next-line no-await-in-loop
    current = moved(current, await withField(current, [...path, name], member))
  }
  return current.text
}

function written(name: string, value: unknown, indent: string): string {
  return indented(toYamlText({ [name]: value }), indent)
}

function lastOf({ entries }: YamlNode): YamlEntry | undefined {
  return [...(entries?.values() ?? [])].at(-1)
}

function isInLines(text: string, { entries }: YamlNode): boolean {
  const all = [...(entries?.values() ?? [])]
  return all.length > 0 && all.every(entry => linesOf(text, entry) !== undefined)
}

function inside(node: YamlNode, step: string, place: Place): YamlNode {
  const entry = node.entries?.get(step)
  if (entry === undefined) throw byHand(place)
  return entry.node
}

/** As they are written: a number in `env` is text. */
function fieldsOf(trial: YamlNode): Record<string, unknown> {
  const fields = candidateFields(trial.value)
  const { env } = fields
  if (!isMap(env)) return fields
  const nodes = trial.entries?.get('env')?.node.entries
  const texts = Object.entries(env).map(([name, value]) => {
    const isText = typeof value === 'number' || typeof value === 'boolean'
    return [name, isText ? (nodes?.get(name)?.node.text ?? value) : value] as const
  })
  return { ...fields, env: Object.fromEntries(texts) }
}

interface Found {
  /** The fields beside the canary. */
  layer: YamlNode
  trial: YamlEntry
}

/** By the position of its key. */
async function find(text: string, place: Place): Promise<Found> {
  const { file } = await readYaml(place.file, new TextEncoder().encode(text))
  const queue = [...file.documents]
  for (const node of queue) {
    const trial = node.entries?.get('canary')
    const at = trial && file.placeAt(trial.keyStart)
    if (trial !== undefined && at?.line === place.line && at.column === place.column)
      return { layer: node, trial }
    queue.push(...(node.items ?? []), ...[...(node.entries?.values() ?? [])].map(each => each.node))
  }
  throw byHand(place)
}

/** Not in lines of its own. */
export function byHand(place: Place): SlipwayError {
  return failure('usage', 'the canary is not on lines of its own, so it cannot be edited', {
    place,
    remedy: 'Edit the file by hand, as docs/canary.md says, and commit it.',
  })
}
