import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { childrenCpuSeconds } from './measure/process-tree.ts'

export interface Measured {
  /** From the start of the process to its end; the median of five. */
  seconds: number
  /** User and system, of the process and of those that it started: the mean, since the kernel counts in hundredths. */
  cpuSeconds: number
  /** The largest resident set of a run of its own. */
  peakBytes: number
  /** stdout, which is written to a file. */
  output: string
}

export interface Process {
  args: string[]
  /** Node, unless it says otherwise. */
  file?: string
}

const RUNS = 5

/** The process itself says what it took at most: nobody can ask once it has ended. */
const TELL_PEAK = `data:text/javascript,${encodeURIComponent(`
import { writeSync } from 'node:fs'
process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)))
`)}`

/** Runs node, or the executable file given first, with the arguments; throws when it fails. Output and memory files are put into the directory. */
export function measure(args: string[], directory: string, file = process.execPath): Measured {
  const [measured] = measureInTurns([{ args, file }], { directory, rounds: RUNS })
  if (measured === undefined) throw new Error('nothing was measured')
  return measured
}

/** The same for several, in turns, so that what else the machine does meets all of them. */
export function measureInTurns(
  processes: readonly Process[],
  { directory, rounds }: { directory: string; rounds: number },
): Measured[] {
  const files = { output: join(directory, 'output'), peak: join(directory, 'peak') }
  const runs = processes.map(({ args, file = process.execPath }) => ({
    file,
    args,
    cwd: directory,
    files,
  }))
  const times = Array.from({ length: rounds }, () => runs.map(run => runOnce(run)))
  return runs.map((run, index) => {
    const own = times.flatMap(round => round.slice(index, index + 1))
    runOnce({ ...run, nodeOptions: `--import ${TELL_PEAK}` })
    return {
      seconds: median(own.map(({ seconds }) => seconds)),
      cpuSeconds: own.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) / rounds,
      peakBytes: Number(readFileSync(files.peak, 'utf8')) * 1024,
      output: readFileSync(files.output, 'utf8'),
    }
  })
}

export function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}

interface Run {
  file: string
  args: string[]
  cwd: string
  files: { output: string; peak: string }
  nodeOptions?: string
}

function runOnce({ file, args, cwd, files, nodeOptions = '' }: Run): {
  seconds: number
  cpuSeconds: number
} {
  const out = openSync(files.output, 'w')
  const tell = openSync(files.peak, 'w')
  const cpuBefore = childrenCpuSeconds()
  const begin = performance.now()
  const { status, error } = spawnSync(file, args, {
    cwd,
    env: {
      PATH: process.env['PATH'],
      HOME: cwd,
      // The compile cache as the launcher has it.
      NODE_COMPILE_CACHE: join(cwd, 'compile-cache'),
      NODE_OPTIONS: nodeOptions,
    },
    stdio: ['ignore', out, 'inherit', tell],
  })
  const seconds = (performance.now() - begin) / 1000
  const cpuSeconds = childrenCpuSeconds() - cpuBefore
  closeSync(out)
  closeSync(tell)
  if (status !== 0) throw error ?? new Error(`${file} ${args.join(' ')} ended with ${status}`)
  return { seconds, cpuSeconds }
}
