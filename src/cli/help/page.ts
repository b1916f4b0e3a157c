import { wrapLine } from '../../report/index.ts'
import { usageOf, type AnyCommand, type DescribedCommand } from '../command.ts'
import { describeOption, GLOBAL, type OptionTable } from '../options.ts'
import { COMPLETION } from './completion-command.ts'
import { helpGroups } from './groups.ts'
import { flagWords } from './placeholders.ts'

export interface HelpPage {
  commands: readonly AnyCommand[]
  /** The one that is asked about; all in short without it. */
  command: DescribedCommand | undefined
  /** Of the screen. */
  columns: number
}

const WIDEST = 100

export function helpPage({ commands, command, columns }: HelpPage): string {
  const width = Math.min(WIDEST, columns)
  const parts = command === undefined ? overview(commands) : pageOf(command)
  const lines = parts.flatMap((part, index) => [
    ...(index === 0 ? [] : ['']),
    ...(typeof part === 'string' ? wrapped(part, width) : tableLines(part, width)),
  ])
  return `${lines.join('\n')}\n`
}

/** A paragraph, or a heading with what is below it in two columns. */
type Part = string | { title: string; rows: [what: string, text: string][] }

function overview(commands: readonly AnyCommand[]): Part[] {
  const rows = [...commands, COMPLETION].map(({ name, summary }): [string, string] => [
    name,
    summary,
  ])
  return [
    'slipway COMMAND',
    'Model endpoints from git to Kubernetes.',
    { title: 'Commands:', rows },
    everywhere(),
    'slipway COMMAND --help shows flags and examples. Exit codes: 0 yes, 1 no, 2 could not be carried out, 130 interrupted.',
  ]
}

function pageOf(command: DescribedCommand): Part[] {
  const { description, positionals, options, examples } = command
  const words = Object.entries(positionals).map(
    ([name, { describe, choices }]): [string, string] => [
      name,
      choices === undefined ? describe : `${describe}: ${choices.join(', ')}`,
    ],
  )
  return [
    `slipway ${usageOf(command)}`,
    description,
    ...(words.length === 0 ? [] : [{ title: 'Arguments:', rows: words }]),
    ...helpGroups(Object.keys(options)).map(([title, names]) => ({
      title,
      rows: flagRows(options, names),
    })),
    everywhere(),
    {
      title: 'Examples:',
      rows: examples.map(([line, what]): [string, string] => [`slipway ${line}`, what]),
    },
  ]
}

function everywhere(): Part {
  const rows = flagRows(GLOBAL, Object.keys(GLOBAL))
  const own: typeof rows = [
    ['-h, --help', 'Show help'],
    [`${' '.repeat(4)}--version`, 'Show the version'],
  ]
  return { title: 'Everywhere:', rows: [...rows, ...own] }
}

/** Long flags stand below each other, whether they have a short form or not. */
function flagRows(table: OptionTable, names: readonly string[]): [string, string][] {
  return names.flatMap(name => {
    const option = table[name]
    if (option === undefined) return []
    const words = flagWords(name, option, table)
    const lead = words.length === 1 ? ' '.repeat(4) : ''
    return [[`${lead}${words.join(', ')}`, describeOption(option)] as [string, string]]
  })
}

/** What is wider than this has its text on the next line. */
const WIDEST_LEFT = 38

function tableLines({ title, rows }: Exclude<Part, string>, width: number): string[] {
  const most = Math.min(WIDEST_LEFT, Math.floor(width / 2) - 2)
  const fitting = rows.map(([what]) => what.length).filter(length => length <= most)
  const left = Math.max(10, ...fitting)
  const room = Math.max(20, width - left - 4)
  const lines = rows.flatMap(([what, text]) => {
    const [first = '', ...rest] = wrapped(text, room)
    const indent = ' '.repeat(left + 4)
    const further = rest.map(line => indent + line)
    return what.length <= left
      ? [`  ${what.padEnd(left)}  ${first}`, ...further]
      : [`  ${what}`, indent + first, ...further]
  })
  return [title, ...lines]
}

function wrapped(text: string, width: number): string[] {
  return wrapLine(text, width).map(line => line.trim())
}
