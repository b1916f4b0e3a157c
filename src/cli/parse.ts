import yargs, { type Argv, type PositionalOptions } from 'yargs'
import type { Problem } from '../problem/index.ts'
import { usageOf, type AnyCommand, type Positional } from './command.ts'
import { helpAskedBy } from './help/asked.ts'
import { completeForShell } from './help/completion.ts'
import { COMPLETION } from './help/completion-command.ts'
import { FISH, shellAsked, unknownShell, withShell } from './help/completion-script.ts'
import { helpPage } from './help/page.ts'
import { camelCase, describeOption, GLOBAL, type GlobalArgs, type OptionTable } from './options.ts'
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
  const argv = asFlags(input)
  if (argv[0] === COMPLETIONS) {
    const asked = { words: argv.slice(1), commands: input.commands }
    const names = await completeForShell(asked, process.env['SHELL'])
    if (names !== undefined) return { type: 'print', text: names.map(word => `${word}\n`).join('') }
  }
  const shell = shellAsked(argv, process.env['SHELL'])
  if (shell !== undefined) return completionScript(shell, input)
  const question = helpAskedBy(argv, input.commands)
  if (question?.isKnown) return { type: 'print', text: helpPage({ ...input, ...question }) }
  let run: Parsed | undefined
  const parser = parserFor(input, (command, values) => {
    run = runOf(command, values)
  })
  const { text, failed } = await outputOf(parser, question?.words ?? argv)
  if (run !== undefined) return run
  if (failed === undefined && text !== '') return { type: 'print', text: `${text.trimEnd()}\n` }
  if (argv[0] === COMPLETIONS) return { type: 'print', text: '' }
  return { type: 'problem', problem: usageProblem(failed ?? '', input) }
}

async function completionScript(shell: string, input: ParseInput): Promise<Parsed> {
  const problem = unknownShell(shell)
  if (problem !== undefined) return { type: 'problem', problem }
  if (shell === 'fish') return { type: 'print', text: FISH }
  const { text } = await withShell(shell, () => {
    const parser = parserFor({ ...input, argv: [COMPLETIONS] }, () => undefined)
    return outputOf(parser, [COMPLETION.name])
  })
  return { type: 'print', text: `${text.trimEnd()}\n` }
}

/** What yargs prints for a line, and what it finds wrong with it. */
async function outputOf(parser: Argv, words: readonly string[]) {
  let text = ''
  let failed: string | undefined
  await parser.parse(words, {}, (error, _values, output) => {
    if (error) failed = error.message
    else text += output
  })
  return { text, failed }
}

/** `slipway`, `help`, `help apply`, `apply help` and `version` as the flags that they stand for. */
function asFlags({ argv, commands }: ParseInput): string[] {
  const [first, second] = argv
  if (first === undefined) return ['--help']
  if (first === 'version') return ['--version', ...argv.slice(1)]
  if (first === 'help') return [...argv.slice(1), '--help']
  const isAfter = argv.length === 2 && second === 'help'
  return isAfter && commands.some(({ name }) => name === first) ? [first, '--help'] : [...argv]
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

type OnCommand = (command: AnyCommand, values: Record<string, unknown>) => void

function parserFor(input: ParseInput, onCommand: OnCommand): Argv {
  const isCompleting = input.argv[0] === COMPLETIONS
  const parser = yargs()
    .scriptName('slipway')
    .locale('en')
    .updateStrings(STRINGS)
    .parserConfiguration({
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .wrap(null)
    .exitProcess(false)
    .showHelpOnFail(false)
    .strict()
    .demandCommand(1)
    .options(shown(GLOBAL, isCompleting))
    .help(false)
    .version('version', 'Show the version', input.version)
  // Else it would take an endpoint of that name for the command, and know nothing of fish.
  if (isCompleting) parser.completion(COMPLETION.name, COMPLETION.summary)
  else parser.hide('version')
  for (const command of candidates(input)) addCommand(parser, { command, isCompleting, onCommand })
  return parser
}

/** The one that the line begins with; all of them where it does not say, or is completed. */
function candidates({ argv, commands }: ParseInput): readonly AnyCommand[] {
  const named = commands.filter(({ name }) => name === argv[0])
  return named.length === 0 ? commands : named
}

interface Addition {
  command: AnyCommand
  isCompleting: boolean
  onCommand: OnCommand
}

function addCommand(parser: Argv, { command, isCompleting, onCommand }: Addition): void {
  const { summary, options, positionals } = command
  parser.command(
    usageOf(command),
    summary,
    sub => {
      sub.options(shown(options, isCompleting))
      for (const [key, positional] of Object.entries(positionals)) {
        sub.positional(key, argumentOf(positional))
        if (!isCompleting) sub.hide(key)
      }
      withoutUsage(sub)
      return sub
    },
    values => onCommand(command, values),
  )
}

function argumentOf({ describe, many, choices, read }: Positional): PositionalOptions {
  return {
    type: 'string',
    array: many,
    describe,
    ...(choices && { choices }),
    ...(read && { coerce: (word: string | undefined) => word && read(word) }),
  }
}

/** @types/yargs lacks the null that yargs documents. */
function withoutUsage(sub: Argv): void {
  const { usage } = sub as unknown as { usage: (text: null) => Argv }
  usage.call(sub, null)
}

/** Help is made without yargs, whose own takes longer than all else; completion shows what it knows of a flag. */
function shown(table: OptionTable, isCompleting: boolean): OptionTable {
  return Object.fromEntries(
    Object.entries(table).map(([name, { default: value, ...option }]) => [
      name,
      {
        ...option,
        ...(isCompleting
          ? { describe: describeOption({ ...option, default: value }) }
          : { hidden: true }),
        ...(value === undefined || value === false ? {} : { default: value }),
      },
    ]),
  )
}
