import type { ProjectNames } from '../../spec/index.ts'
import type { AnyCommand, PositionalTable } from '../command.ts'
import { GLOBAL, type OptionTable } from '../options.ts'
import { COMPLETION, SHELLS } from './completion-command.ts'
import { argumentsIn, flagOf } from './line.ts'
import { namesEnvironment } from './placeholders.ts'

/** What a completion script asks: the words of the line until now, the last being completed. */
export interface CompletionQuestion {
  words: readonly string[]
  commands: readonly AnyCommand[]
}

/** Names that only the project knows, or the words that there are; `several`: environments and groups with commas between them. */
export type Wanted = keyof ProjectNames | 'several' | 'endpoints' | readonly string[]

/**
 * What the line wants next: environments and endpoints of the project here, kinds, steps, engines, values of flags. Empty where that is
 * a file, or text of one's own; undefined where it is a command or a flag, which yargs knows.
 */
export async function completeNames(question: CompletionQuestion): Promise<string[] | undefined> {
  const wanted = wantedBy(question)
  if (wanted === undefined) return undefined
  const current = question.words.at(-1) ?? ''
  const found = typeof wanted === 'string' ? await namesOf(wanted, question.words) : wanted
  const names = found.filter(name => HARMLESS.test(name))
  const given = question.words.slice(0, -1)
  if (wanted === 'several') return afterComma(current, names)
  return names.filter(name => name.startsWith(current) && !given.includes(name))
}

/**
 * The same for a shell that shows what each is, as yargs writes it for that shell: environments and groups stand beside each other. bash has
 * no place for it.
 */
export async function completeForShell(
  question: CompletionQuestion,
  shell: string | undefined,
): Promise<string[] | undefined> {
  const names = await completeNames(question)
  const separator = DESCRIBED.find(([name]) => shell?.endsWith(name))?.[1]
  if (names === undefined || separator === undefined || wantedBy(question) !== 'several')
    return names
  const groups = new Set(await namesOf('groups', question.words))
  const isGroup = (name: string) => groups.has(name.slice(name.lastIndexOf(',') + 1))
  return names.map(name => `${name}${separator}${isGroup(name) ? 'group' : 'environment'}`)
}

const DESCRIBED = [
  ['fish', '\t'],
  ['zsh', ':'],
] as const

/**
 * What a shell takes as it is: a completed word stands in the line as if it had been typed, and a repository of others may hold a folder
 * that is called like a command.
 */
const HARMLESS = /^[\w.][\w.,:/@+-]*$/

/** Which names the last word may be, or which words. */
export function wantedBy({ words, commands }: CompletionQuestion): Wanted | undefined {
  const [before = '', current = ''] = words.slice(-2)
  const line = words.slice(0, -1)
  if (line[1] === COMPLETION.name) return line.length === 2 ? SHELLS : []
  const [first] = argumentsIn(line.slice(1), GLOBAL)
  const command = commands.find(({ name }) => name === first)
  const table: OptionTable = { ...GLOBAL, ...command?.options }
  const flag = flagOf(before, table)
  if (flag !== undefined) return valuesOf(flag, table, command)
  if (command === undefined || current.startsWith('-')) return undefined
  return argumentOf(command, argumentsIn(line.slice(line.indexOf(command.name) + 1), table))
}

function valuesOf(flag: string, table: OptionTable, command: AnyCommand | undefined): Wanted {
  const { choices } = table[flag] ?? {}
  if (choices !== undefined) return choices.map(String)
  if (flag === 'environment') return 'all-environments' in table ? 'several' : 'environments'
  if (namesEnvironment(flag, table)) return 'environments'
  if (flag === 'endpoint') return 'endpoints'
  if (flag === 'model') return 'models'
  if (flag === 'serves') return 'servingTargets'
  return command?.name === 'validate' && flag === 'server' ? ['cluster', 'sandbox'] : []
}

/** Of commands whose names are not those of endpoints in git. */
const NAMED_OTHERWISE = new Set(['new', 'import'])

function argumentOf(
  { name, positionals }: { name: string; positionals: PositionalTable },
  given: readonly string[],
): Wanted | undefined {
  const all = Object.entries(positionals)
  const last = all.at(-1)
  const [key, positional] = all[given.length] ?? (last?.[1].many === true ? last : [])
  if (key === undefined || positional === undefined) return undefined
  if (positional.choices !== undefined) return positional.choices
  const isEndpoint = (key === 'names' || key === 'name') && !NAMED_OTHERWISE.has(name)
  return isEndpoint ? 'endpoints' : []
}

/** `staging,pro` goes on with what begins with `pro` and is not there. */
function afterComma(current: string, names: readonly string[]): string[] {
  const done = current.split(',').slice(0, -1)
  const lead = done.map(name => `${name},`).join('')
  return names
    .filter(name => !done.includes(name))
    .map(name => lead + name)
    .filter(name => name.startsWith(current))
}

function folderIn(words: readonly string[]): string {
  const at = words.findIndex(word => word === '-C' || word === '--directory')
  return at === -1 ? '.' : (words[at + 1] ?? '.')
}

/** A project that cannot be read has none: who types is not told so. */
async function namesOf(
  wanted: Extract<Wanted, string>,
  words: readonly string[],
): Promise<string[]> {
  const { endpointFiles, findProject, projectNames } = await import('../../spec/index.ts')
  const { openProject } = await import('../../project/index.ts')
  try {
    const source = await openProject(await findProject(folderIn(words)))
    if (wanted === 'endpoints') return [...(await endpointFiles(source)).keys()]
    const names = await projectNames(source)
    return wanted === 'several' ? [...names.environments, ...names.groups] : names[wanted]
  } catch {
    return []
  }
}
