import yargs from 'yargs'
import type { Argv } from 'yargs'
import type { Problem } from '../problem/index.ts'
import { usageOf } from './command.ts'
import type { AnyCommand } from './command.ts'
import { completeNames } from './help/completion.ts'
import { helpGroups } from './help/groups.ts'
import { describeOption, GLOBAL } from './options.ts'
import type { GlobalArgs, OptionTable } from './options.ts'
import { badValue, STRINGS, usageProblem } from './usage.ts'

/** What a command line asks for. */
export type Parsed =
  | { type: 'run'; command: AnyCommand; args: GlobalArgs }
  | { type: 'print'; text: string }
  | { type: 'problem'; problem: Problem }

export interface ParseInput {
  argv: readonly string[]
  commands: readonly AnyCommand[]
  columns: number
  version: string
}

export async function parse(input: ParseInput): Promise<Parsed> {
  const argv = asFlags(input.argv)
  if (argv[0] === COMPLETIONS) {
    const names = await completeNames({ words: argv.slice(1), commands: input.commands })
    if (names.length > 0) return { type: 'print', text: `${names.join('\n')}\n` }
  }
  let run: Parsed | undefined
  let text = ''
  let failed: string | undefined
  const parser = parserFor(input, (command, values) => {
    run = runOf(command, values)
  })
  await parser.parse(argv, {}, (error, _values, output) => {
    if (error) failed = error.message
    else text += output
  })
  if (run !== undefined) return run
  if (failed === undefined && text !== '') return { type: 'print', text: `${text.trimEnd()}\n` }
  if (argv[0] === COMPLETIONS) return { type: 'print', text: '' }
  return { type: 'problem', problem: usageProblem(failed ?? '', input) }
}

/** `slipway`, `help`, `help apply` and `version` as the flags that they stand for. */
function asFlags(argv: readonly string[]): string[] {
  const [first, ...rest] = argv
  if (first === undefined) return ['--help']
  if (first === 'version') return ['--version', ...rest]
  return first === 'help' ? [...rest, '--help'] : [...argv]
}

/** What completion scripts call. */
const COMPLETIONS = '--get-yargs-completions'

function runOf(command: AnyCommand, values: Record<string, unknown>): Parsed {
  const problem = badValue(command, values)
  if (problem !== undefined) return { type: 'problem', problem }
  // yargs has checked the values against the tables that the type is made from.
  return {
    type: 'run',
    command,
    args: { ...switchesOff(command.options), ...values } as GlobalArgs,
  }
}

/** What `shown` hides from help. */
function switchesOff(table: OptionTable): Record<string, false> {
  const all: OptionTable = { ...GLOBAL, ...table }
  const names = Object.entries(all)
    .filter(([, option]) => option.default === false)
    .map(([name]) => camelCase(name))
  return Object.fromEntries(names.map(name => [name, false as const]))
}

function camelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase())
}

type OnCommand = (command: AnyCommand, values: Record<string, unknown>) => void

/** yargs makes the help of each command that it runs, which takes longer than all else: only where somebody reads it. */
function isHelpRead(argv: readonly string[]): boolean {
  return (
    argv.length === 0 || argv.some(arg => /^(-h|help|--help|--get-yargs-completions)\b/.test(arg))
  )
}

function parserFor(input: ParseInput, onCommand: OnCommand): Argv {
  const isRead = isHelpRead(input.argv)
  const parser = yargs()
    .scriptName('slipway')
    .locale('en')
    .updateStrings(STRINGS)
    .parserConfiguration({
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .wrap(isRead ? Math.min(100, input.columns) : null)
    .exitProcess(false)
    .showHelpOnFail(false)
    .strict()
    .demandCommand(1)
    .options(shown(GLOBAL, isRead))
    .help(false)
    .version('version', 'Show the version', input.version)
    .completion('completion', 'Print a completion script for bash or zsh')
  if (isRead) addOverview(parser)
  else parser.hide('version')
  for (const command of input.commands) addCommand(parser, { command, isRead, onCommand })
  return parser
}

/** `[boolean]` and `[string]` say nothing that the description does not; @types/yargs lacks the method. */
function hideTypes(parser: Argv): void {
  const { usageConfiguration } = parser as Argv & {
    usageConfiguration: (how: Record<string, boolean>) => Argv
  }
  usageConfiguration.call(parser, { 'hide-types': true })
}

const EVERYWHERE = [...Object.keys(GLOBAL), 'help', 'version']

function addOverview(parser: Argv): void {
  parser
    .usage('$0 <command>\n\nModel endpoints from git to Kubernetes.')
    .help('help', 'Show help')
    .alias('h', 'help')
    .group(EVERYWHERE, 'Everywhere:')
    .epilogue(
      'slipway <command> --help shows examples. Exit codes: 0 yes, 1 no, 2 could not be carried out, 130 interrupted.',
    )
  hideTypes(parser)
}

interface Addition {
  command: AnyCommand
  isRead: boolean
  onCommand: OnCommand
}

function addCommand(parser: Argv, { command, isRead, onCommand }: Addition): void {
  const { summary, options, positionals } = command
  parser.command(
    usageOf(command),
    summary,
    sub => {
      sub.options(shown(options, isRead))
      for (const [key, { describe, many, choices }] of Object.entries(positionals)) {
        sub.positional(key, { type: 'string', array: many, describe, ...(choices && { choices }) })
        if (!isRead) sub.hide(key)
      }
      if (isRead) addHelp(sub, command)
      else withoutUsage(sub)
      return sub
    },
    values => onCommand(command, values),
  )
}

/** @types/yargs lacks the null that yargs documents. */
function withoutUsage(sub: Argv): void {
  const { usage } = sub as unknown as { usage: (text: null) => Argv }
  usage.call(sub, null)
}

function addHelp(sub: Argv, command: AnyCommand): void {
  const { description, examples, options } = command
  sub.usage(`$0 ${usageOf(command)}\n\n${description}`)
  for (const [title, flags] of helpGroups(Object.keys(options))) sub.group(flags, title)
  sub.group(EVERYWHERE, 'Everywhere:')
  for (const [line, what] of examples) sub.example(`$0 ${line}`, what)
}

/** Options as help shows them: with their choices, and without saying that a switch is off by default. */
function shown(table: OptionTable, isRead: boolean): OptionTable {
  return Object.fromEntries(
    Object.entries(table).map(([name, { default: value, ...option }]) => [
      name,
      {
        ...option,
        ...(isRead
          ? { describe: describeOption({ ...option, default: value }) }
          : { hidden: true }),
        ...(value === undefined || value === false ? {} : { default: value }),
      },
    ]),
  )
}
