import { join } from 'node:path'
import { sideBySide, type InTurn } from '../project/index.ts'
import { listOf } from '../words/index.ts'
import { severalOf, type SeveralArgs } from './environments.ts'
import { reportError } from './failure.ts'
import { gathered, type Gathering } from './gathered.ts'
import { boundHeapGrowth } from './memory.ts'
import type { Terminal } from './terminal.ts'

/** A command in the environment that is meant, or in each of several; resolves to the gravest exit code. */
export async function inEnvironments<Args extends SeveralArgs>(
  args: Args,
  course: Gathering,
  run: (args: Args, terminal: Terminal) => Promise<number>,
): Promise<number> {
  const names = await severalOf(args)
  if (names === undefined) return run(args, course.terminal)
  boundHeapGrowth()
  const results = gathered(course)
  const runIn = (name: string, inTurn: InTurn = course.terminal.inTurn) => {
    const own = { ...args, ...ownFolders(args, name), environment: name }
    // What is wrong with one environment is told, and is no reason not to look at the others.
    return results.of(name, async terminal =>
      run(own, { ...terminal, inTurn }).catch((error: unknown) =>
        reportError(error, terminal, args.directory),
      ),
    )
  }
  const codes =
    course.order === 'together' && course.isLocal !== true
      ? await sideBySide(names, runIn)
      : await oneByOne(names, course, runIn)
  results.finish()
  return Math.max(0, ...codes)
}

/** What is written into a folder goes into one for each environment. */
function ownFolders(args: object, environment: string) {
  const folders = Object.entries(args).filter(
    (entry): entry is [string, string] => FOLDERS.has(entry[0]) && typeof entry[1] === 'string',
  )
  return Object.fromEntries(folders.map(([key, folder]) => [key, join(folder, environment)]))
}

const FOLDERS = new Set(['outputDir', 'diagnosticsDir'])

async function oneByOne(
  names: readonly string[],
  { order, terminal }: Gathering,
  runIn: (name: string) => Promise<number>,
): Promise<number[]> {
  const codes: number[] = []
  for (const name of names) {
    // oxlint-disable-next-line no-await-in-loop
    codes.push(await runIn(name))
    const isOver = terminal.signal.aborted || (order === 'in-order' && codes.at(-1) !== 0)
    if (!isOver) continue
    const left = names.slice(codes.length)
    if (left.length > 0) terminal.err(`Not started after ${name}: ${listOf(left)}.\n`)
    break
  }
  return codes
}
