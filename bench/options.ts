import { parseArgs } from 'node:util'
import { PEER_NAMES } from './peers/find.ts'
import { OPERATIONS, type Operation } from './peers/peer.ts'

export interface Options {
  /** Numbers of endpoints, with the number of runs of each. */
  sizes: { endpoints: number; runs: number }[]
  /** With the number of runs that is enough for a slow one. */
  tools: { name: string; runs: number }[]
  operations: Operation[]
  /** An operation that took longer is not run again. */
  onceOverSeconds: number
  /** The results go into this file. */
  out: string
  /** Measurements of the file that are not made anew stay. */
  add: boolean
}

/** The last release is asked for by name: not every clone has its tag. */
const USUAL = PEER_NAMES.filter(name => name !== 'released')

const USAGE = `npm run bench -- [options]

  --sizes 25,100,250,1000:1   numbers of endpoints; with a colon, how many runs of that size
  --runs 5                    runs of each size
  --tools ${USUAL.join(',')}
                              with a colon, how many runs are enough for it: kubectl:1; released is slipway of the
                              last tag of this clone
  --operations ${OPERATIONS.join(',')}
  --once-over 60              an operation that takes longer than so many seconds is run once
  --out bench/results.json    where the results go; bench/report.ts makes docs/performance.md of them
  --add                       keep the other results in that file
`

export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      sizes: { type: 'string', default: '25,100,250,1000:1' },
      runs: { type: 'string', default: '5' },
      tools: { type: 'string', default: USUAL.join(',') },
      operations: { type: 'string', default: OPERATIONS.join(',') },
      'once-over': { type: 'string', default: '60' },
      out: { type: 'string', default: 'bench/results.json' },
      add: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(USAGE)
    process.exit(0)
  }
  return {
    sizes: values.sizes.split(',').map(size => sizeOf(size, values.runs)),
    tools: values.tools.split(',').map(toolOf),
    operations: values.operations.split(',').map(each => word(each, OPERATIONS)),
    onceOverSeconds: natural(values['once-over']),
    out: values.out,
    add: values.add,
  }
}

function sizeOf(text: string, runs: string): Options['sizes'][number] {
  const [endpoints = '', own = runs] = text.split(':')
  return { endpoints: natural(endpoints), runs: natural(own) }
}

function toolOf(text: string): Options['tools'][number] {
  const [name = '', runs] = text.split(':')
  return { name: word(name, PEER_NAMES), runs: runs === undefined ? Infinity : natural(runs) }
}

function natural(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new Error(`"${text}" is not a whole number from 1`)
}

function word<Word extends string>(text: string, known: readonly Word[]): Word {
  const found = known.find(each => each === text)
  if (found !== undefined) return found
  throw new Error(`"${text}" is none of ${known.join(', ')}`)
}
