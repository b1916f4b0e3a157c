import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { styleText } from 'node:util'
import { conclude, count, newTally, readTapLine, type Tally, type TapLine } from './tap.ts'
import { alone, together } from './together.ts'

export interface AvaRun {
  files: readonly string[]
  environment: Record<string, string>
  /** In front of each title. */
  prefix: string
  signal: AbortSignal
  filesAtATime?: number | undefined
}

/** Where the launcher has it, too. Each test file loads slipway anew: with it, in half the time. */
const COMPILE_CACHE = path.join(tmpdir(), 'node-compile-cache')

/** More than ava's one for each core: most of the time of a test on a cluster is waiting. */
const FILES_AT_A_TIME = 2 * availableParallelism()

/** Runs ava on these files and prints each result as it comes. */
export async function runAva(run: AvaRun) {
  return await together(run.files, async files => await runFiles({ ...run, files }))
}

async function runFiles({ files, environment, prefix, signal, ...more }: AvaRun) {
  const { filesAtATime = FILES_AT_A_TIME } = more
  const ava = path.join(path.dirname(fileURLToPath(import.meta.resolve('ava'))), 'cli.js')
  const options = ['--tap', `--concurrency=${filesAtATime}`]
  const child = spawn(process.execPath, [ava, ...options, ...files], {
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  signal.addEventListener('abort', () => child.kill('SIGINT'))
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  const tally = newTally()
  for await (const text of createInterface({ input: child.stdout })) {
    const line = prefixed(readTapLine(alone(text)), prefix)
    count(tally, line)
    print(line)
  }
  const [code, killedBy] = await ended
  const end = conclude(tally, code ?? 1)
  if (end.failed > tally.failed)
    console.log(`ava ended by ${killedBy ?? `exit code ${code}`}, and named no test that failed`)
  return end
}

function prefixed(line: TapLine, prefix: string): TapLine {
  return 'title' in line ? { ...line, title: `${prefix}${line.title}` } : line
}

const MOST_DETAILS = 30

/** Once more at the end, with the reasons: who reads a log from its end should not have to search. */
export function printFailures({ failures }: Tally): void {
  if (failures.length > 0) console.log('\nfailed:')
  for (const { title, details } of failures) {
    console.log(`${styleText('red', '✖')} ${title}`)
    for (const text of details.slice(0, MOST_DETAILS)) console.log(text)
  }
}

function print(line: TapLine): void {
  switch (line.type) {
    case 'passed':
      console.log(`${styleText('green', '✔')} ${line.title}`)
      break
    case 'failed':
      console.log(`${styleText('red', '✖')} ${line.title}`)
      break
    case 'skipped':
      console.log(`${styleText('yellow', '-')} ${line.title}`)
      break
    case 'detail':
      console.log(line.text)
      break
    case 'bookkeeping':
  }
}
