import { failure } from '../problem/index.ts'
import { jsonData } from '../report/index.ts'
import type { Course } from './command.ts'
import type { Terminal } from './terminal.ts'

/** How a command runs in several environments, and where it prints. */
export interface Gathering extends Course {
  terminal: Terminal
}

type Channel = 'out' | 'data'

interface Written {
  channel: Channel
  text: string
}

interface Gathered {
  /** Runs a command for one environment; what it prints on stdout comes after what the one before it printed. */
  of: (name: string, run: (terminal: Terminal) => Promise<number>) => Promise<number>
  /** When all have run. */
  finish: () => void
}

/** The results of several environments as one: texts under each other, JSON as the items of one list. */
export function gathered({ format, order, terminal }: Gathering): Gathered {
  if (format === 'html')
    throw failure('usage', '-o html is a page about one environment, and several are given', {
      remedy: 'Name one environment with -e.',
    })
  const results = new Map<string, Written[]>()
  const once = order === 'together' ? onceEach(terminal.err, text => text) : terminal.err
  return {
    of: async (name, run) => {
      const written: Written[] = []
      results.set(name, written)
      const into = (channel: Channel) => (text: string) => void written.push({ channel, text })
      if (order !== 'together') terminal.err(heading(name, terminal))
      const advised: Terminal['advised'] = told => terminal.advised(told, name)
      const own = { ...terminal, advised, err: once, out: into('out'), data: into('data') }
      const code = await run(own)
      if (order !== 'together' && format !== 'json') print(name, written, { format, terminal })
      return code
    },
    finish: () => {
      if (format === 'json') printList([...results.values()].flat(), terminal)
      else if (order === 'together')
        for (const [name, written] of results) print(name, written, { format, terminal })
    },
  }
}

/** Most warnings are the same in every environment, and the API server's for every object of a kind. */
export function onceEach<Told>(
  show: (told: Told) => void,
  textOf: (told: Told) => string,
): (told: Told) => void {
  const known = new Set<string>()
  return told => {
    if (known.has(textOf(told))) return
    known.add(textOf(told))
    show(told)
  }
}

function heading(name: string, { paintErr, logFormat }: Terminal): string {
  return logFormat === 'json' ? '' : `${paintErr('bold', name)}\n`
}

function print(name: string, written: readonly Written[], { format, terminal }: Look): void {
  if (written.every(({ text }) => text === '')) return
  if (format === 'text') terminal.out(`${terminal.paintOut('bold', name)}\n`)
  if (format === 'yaml') terminal.data(`---\n# Environment: ${name}\n`)
  for (const { channel, text } of written) terminal[channel](text)
  if (format === 'text' || format === 'markdown') terminal.out('\n')
}

type Look = Pick<Gathering, 'format' | 'terminal'>

/** As kubectl prints several objects. */
function printList(written: readonly Written[], terminal: Terminal): void {
  const documents = written.map(({ text }) => JSON.parse(text) as Printed)
  const items = documents.flatMap(each => (each.kind === 'List' ? (each.items ?? []) : [each]))
  const channel = written[0]?.channel ?? 'out'
  terminal[channel](jsonData({ apiVersion: 'v1', kind: 'List', items }))
}

interface Printed {
  kind?: string
  items?: unknown[]
}
