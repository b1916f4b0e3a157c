import type { Problem } from '../problem/index.ts'
import type { AnyCommand } from './command.ts'
import { GLOBAL } from './options.ts'
import type { OptionTable } from './options.ts'
import { closest } from '../problem/index.ts'

export interface CommandLine {
  argv: readonly string[]
  commands: readonly AnyCommand[]
}

/** What yargs found wrong with a command line, as one sentence, with what was probably meant. */
export function usageProblem(message: string, line: CommandLine): Problem {
  const command = line.commands.find(({ name }) => line.argv.includes(name))
  const { sentence, meant } = explain(message, line, command)
  const help = `See \`${nameOfCommand(command)} --help\`.`
  const remedy = meant === undefined ? help : `Did you mean ${meant}? ${help}`
  return { code: 'usage', severity: 'error', message: sentence, remedy }
}

interface Explained {
  sentence: string
  meant?: string | undefined
}

function explain(message: string, line: CommandLine, command: AnyCommand | undefined): Explained {
  const unknown = /^Unknown (?:argument|command)s?: (.*)$/.exec(message)?.[1]
  if (unknown !== undefined) return unknownWord(unknown.split(', ')[0] ?? '', line, command)
  const lacking = /^Not enough arguments following: (.*)$/.exec(message)?.[1]
  if (lacking !== undefined) return { sentence: `${dashed(lacking)} needs a value` }
  const [, flag, given = '', choices = ''] = INVALID.exec(message) ?? []
  if (flag !== undefined) {
    return { sentence: `${nameOf(flag, command)} cannot be ${given}: it is one of ${choices}` }
  }
  if (message.startsWith('Not enough non-option arguments')) return missingWord(command)
  return { sentence: message === '' ? 'there is no such command' : message.trim() }
}

const INVALID = /^ *Argument: ([^,\n]+), Given: (.+), Choices: (.+)$/m

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
    const sentence = `${nameOfCommand(command)} has no flag ${dashed(word)}`
    return { sentence, meant: near && dashed(near) }
  }
  if (command !== undefined) {
    return { sentence: `slipway ${command.name} does not take the argument "${word}"` }
  }
  const names = [...commands.map(({ name }) => name), 'completion']
  return { sentence: `there is no command "${word}"`, meant: closest(word, names) }
}

function missingWord(command: AnyCommand | undefined): Explained {
  const [first] = Object.entries(command?.positionals ?? {})
  if (command === undefined || first === undefined) return { sentence: 'no command is given' }
  const [name, { choices }] = first
  const which = choices === undefined ? '' : `: ${choices.join(', ')}`
  return { sentence: `slipway ${command.name} needs <${name}>${which}` }
}

function nameOfCommand(command: AnyCommand | undefined): string {
  return command === undefined ? 'slipway' : `slipway ${command.name}`
}

/** What yargs lets pass: a flag given more than once, a number that is none. */
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
  }
  return undefined
}

function usageError(message: string): Problem {
  return { code: 'usage', severity: 'error', message }
}

function nameOf(key: string, command: AnyCommand | undefined): string {
  return command !== undefined && key in command.positionals ? `<${key}>` : dashed(key)
}

function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`
}
