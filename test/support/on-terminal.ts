import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { CLI } from './cli.ts'
import type { Size } from './screen.ts'

/** slipway on a pseudo-terminal of its own, where somebody may type. */

const run = promisify(execFile)
const TERMINAL = resolve(import.meta.dirname, 'terminal.py')
/** Guards against hanging only: a busy machine takes its time. */
const SECONDS = 60

export interface Step {
  /** What the screen shows before the keys are typed. */
  after: string
  type: string
}

export interface OnTerminal {
  args: string[]
  cwd: string
  steps?: Step[]
  env?: NodeJS.ProcessEnv
  size?: Size
  seconds?: number
}

/** All that was shown, as it was written; `code` is null when it did not end in time. */
export async function onTerminal(
  job: OnTerminal,
): Promise<{ code: number | null; screen: string }> {
  const { args, cwd, steps = [], env = {}, size, seconds = SECONDS } = job
  const { CI: _ci, GITHUB_ACTIONS: _actions, FORCE_COLOR: _colour, ...around } = process.env
  const command = [process.execPath, CLI, ...args]
  const asked = {
    command,
    cwd,
    seconds,
    steps,
    ...(size === undefined ? {} : { size: [size.rows, size.columns] }),
  }
  const { stdout } = await run('python3', [TERMINAL, JSON.stringify(asked)], {
    env: { ...around, TERM: 'xterm', ...env },
    timeout: (seconds + 1) * 1000,
    maxBuffer: 64 * 1024 * 1024,
  })
  return JSON.parse(stdout) as { code: number | null; screen: string }
}
