import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { CLI } from './cli.ts'
import type { Played, Size } from './screen.ts'

/** slipway on a pseudo-terminal of its own, where somebody may type. */

const run = promisify(execFile)
const TERMINAL = resolve(import.meta.dirname, 'terminal.py')
/** Guards against hanging only: a busy machine takes its time. */
const SECONDS = 60

/** What the screen shows first; then keys are typed, or the window changes. */
export type Step = { after: string; type: string } | { after: string; resize: Size }

export interface OnTerminal {
  args: string[]
  cwd: string
  steps?: Step[]
  env?: NodeJS.ProcessEnv
  size?: Size
  seconds?: number
}

export interface Shown {
  /** Null when it did not end in time. */
  code: number | null
  /** All that was shown, as it was written. */
  screen: string
  /** The same, with the changes of the window in between. */
  played: Played[]
}

export async function onTerminal(job: OnTerminal): Promise<Shown> {
  const { args, cwd, steps = [], env = {}, size, seconds = SECONDS } = job
  const { CI: _ci, GITHUB_ACTIONS: _actions, FORCE_COLOR: _colour, ...around } = process.env
  const command = [process.execPath, CLI, ...args]
  const asked = {
    command,
    cwd,
    seconds,
    steps: steps.map(step => ('resize' in step ? { ...step, resize: pairOf(step.resize) } : step)),
    ...(size === undefined ? {} : { size: pairOf(size) }),
  }
  const { stdout } = await run('python3', [TERMINAL, JSON.stringify(asked)], {
    env: { ...around, TERM: 'xterm', ...env },
    timeout: (seconds + 1) * 1000,
    maxBuffer: 64 * 1024 * 1024,
  })
  const { played, ...shown } = JSON.parse(stdout) as Said
  return {
    ...shown,
    played: played.map(part => (typeof part === 'string' ? part : sizeOf(part))),
  }
}

interface Said extends Omit<Shown, 'played'> {
  played: (string | Pair)[]
}

/** As the kernel has them. */
type Pair = [rows: number, columns: number]

const pairOf = ({ rows, columns }: Size): Pair => [rows, columns]
const sizeOf = ([rows, columns]: Pair): Size => ({ rows, columns })
