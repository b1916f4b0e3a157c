import type { AnyCommand } from './command.ts'
import { COMPLETION } from './help/completion-command.ts'
import { argumentsIn } from './help/line.ts'
import { GLOBAL, type OptionTable } from './options.ts'
import { closest, type Problem } from '../problem/index.ts'

/** What no argument of a process has in it. */
const NUL = '\0'

export interface CommandLine {
  argv: readonly string[]
  commands: readonly AnyCommand[]
}

/** What yargs found wrong with a command line, as one sentence, with what was probably meant. */
export function usageProblem(message: string, line: CommandLine): Problem {
  const [word] = argumentsIn(line.argv, GLOBAL)
  const command = line.commands.find(({ name }) => name === word)
  const { sentence, meant } = explain(message, line, command)
  const help = `See \`${nameOfCommand(command)} --help\`.`
  const remedy = meant === undefined ? help : `Did you mean ${meant}? ${help}`
  return { code: 'usage', severity: 'error', message: sentence, remedy }
}

interface Explained {
  sentence: string
  meant?: string | undefined
}

/** yargs' sentences, replaced by what explain takes apart: what is wrong, then the words that it is about. */
export const STRINGS = {
  ...inBothNumbers('Not enough non-option arguments: got %s, need at least %s', 'missing'),
  ...inBothNumbers('Unknown argument: %s', 'unknown'),
  ...inBothNumbers('Unknown command: %s', 'unknown'),
  'Not enough arguments following: %s': ['no-value', '%s'].join(NUL),
  // In a line of its own.
  'Invalid values:': `choice${NUL}`,
  'Argument: %s, Given: %s, Choices: %s': ['%s', '%s', '%s'].join(NUL),
}

/** yargs has one text for one thing, and another for several. */
function inBothNumbers(key: string, fault: string) {
  const text = [fault, '%s'].join(NUL)
  return { [key]: { one: text, other: text } }
}

function explain(message: string, line: CommandLine, command: AnyCommand | undefined): Explained {
  const [fault, word = '', given = '', choices = ''] = message.split(NUL).map(each => each.trim())
  if (fault === 'unknown') return unknownWord(word.split(', ')[0] ?? '', line, command)
  if (fault === 'no-value') return { sentence: `${dashed(word)} needs a value` }
  if (fault === 'choice') {
    const sentence = `${nameOf(word, command)} cannot be ${given}: it is one of ${choices}`
    return { sentence, meant: closest(unquoted(given), choices.split(', ').map(unquoted)) }
  }
  if (fault === 'missing') return missingWord(line, command)
  return { sentence: message === '' ? 'there is no such command' : message.trim() }
}

/** yargs quotes what was given, and each of the choices. */
function unquoted(text: string): string {
  return text.replaceAll('"', '')
}

function unknownWord(
  word: string,
  { argv, commands }: CommandLine,
  command: AnyCommand | undefined,
): Explained {
  const isFlag = argv.some(
    arg => arg.replace(/^--?(no-)?/, '').startsWith(word) && arg.startsWith('-'),
  )
  if (isFlag) {
    const flags = Object.keys({ ...GLOBAL, ...command?.options, help: {}, version: {} })
    const near = closest(word, flags)
    const typed = argv.includes(`--no-${word}`) ? `no-${word}` : word
    const sentence = `${nameOfCommand(command)} has no flag ${dashed(typed)}`
    return { sentence, meant: near && dashed(near) }
  }
  if (command !== undefined) {
    return { sentence: `slipway ${command.name} does not take the argument "${word}"` }
  }
  const names = [...commands, COMPLETION].map(({ name }) => name)
  const meant = elsewhere(word) ?? closest(word, names) ?? onlyStart(word, names)
  return { sentence: `there is no command "${word}"`, meant }
}

/** `st`, where one command alone begins so. */
function onlyStart(word: string, names: readonly string[]): string | undefined {
  const [only, ...others] = names.filter(name => name.startsWith(word.toLowerCase()))
  return others.length === 0 ? only : undefined
}

/** Words of other tools for what a command does. */
const ELSEWHERE: Record<string, readonly string[]> = {
  status: ['get', 'describe', 'list', 'ls', 'ps', 'pods', 'endpoint', 'endpoints'],
  environments: ['env', 'envs'],
  'status --diagnostics-dir FOLDER': ['logs'],
  diff: ['plan'],
  apply: ['deploy', 'sync', 'up'],
  delete: ['destroy', 'remove', 'rm'],
  validate: ['lint', 'check'],
  render: ['template', 'build'],
  history: ['log'],
  rollback: ['undo', 'revert'],
  new: ['create', 'add'],
}

function elsewhere(word: string): string | undefined {
  return Object.keys(ELSEWHERE).find(command => ELSEWHERE[command]?.includes(word.toLowerCase()))
}

function missingWord({ argv }: CommandLine, command: AnyCommand | undefined): Explained {
  const [, ...given] = argumentsIn(argv, { ...GLOBAL, ...command?.options })
  const missing = Object.entries(command?.positionals ?? {})[given.length]
  if (command === undefined || missing === undefined) return { sentence: 'no command is given' }
  const [name, { choices }] = missing
  const which = choices === undefined ? '' : `: ${choices.join(', ')}`
  return { sentence: `slipway ${command.name} needs <${name}>${which}` }
}

function nameOfCommand(command: AnyCommand | undefined): string {
  return command === undefined ? 'slipway' : `slipway ${command.name}`
}

/** What yargs lets pass: a flag given more than once, a number that is none, or below zero. */
export function badValue(
  { name, options }: AnyCommand,
  values: Record<string, unknown>,
): Problem | undefined {
  const table: OptionTable = { ...GLOBAL, ...options }
  for (const flag of Object.keys(table)) {
    const value = values[flag]
    if (Array.isArray(value)) {
      return usageError(`${dashed(flag)} is given more than once to slipway ${name}`)
    }
    if (Number.isNaN(value)) return usageError(`${dashed(flag)} needs a number`)
    if (typeof value === 'number' && value < 0)
      return usageError(`${dashed(flag)} cannot be negative`)
  }
  return undefined
}

export function usageError(message: string): Problem {
  return { code: 'usage', severity: 'error', message }
}

function nameOf(key: string, command: AnyCommand | undefined): string {
  return command !== undefined && key in command.positionals ? `<${key}>` : dashed(key)
}

function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`
}
