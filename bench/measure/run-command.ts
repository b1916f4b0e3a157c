import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { childrenCpuSeconds, peakBytes } from './process-tree.ts'

/** One call of a tool, as a whole process. */
export interface Command {
  file: string
  args: readonly string[]
  env?: Record<string, string>
  cwd?: string
  /** Exit codes that mean success; 0 alone by default. */
  success?: readonly number[]
}

export interface Usage {
  /** From the start of the process to its end. */
  seconds: number
  /** User and system, of the process and of those that it started. */
  cpuSeconds: number
  peakMiB: number
}

const MIB = 2 ** 20

interface RunOptions {
  /** Takes stdout and stderr. */
  log: string
  timeoutSeconds: number
  signal: AbortSignal
}

const LOOK_EVERY_MS = 20

/** A command that was not given more time. */
export class TimeLimitError extends Error {
  readonly limitSeconds: number

  constructor(message: string, limitSeconds: number) {
    super(message)
    this.name = 'TimeLimitError'
    this.limitSeconds = limitSeconds
  }
}

/** Throws with the end of its output when it fails or takes too long. */
export async function runCommand(command: Command, options: RunOptions): Promise<Usage> {
  const output = openSync(options.log, 'w')
  const cpuBefore = childrenCpuSeconds()
  const begin = performance.now()
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: { PATH: process.env['PATH'], ...command.env },
    stdio: ['ignore', output, output],
    signal: options.signal,
    timeout: options.timeoutSeconds * 1000,
  })
  let peak = 0
  const look = setInterval(() => {
    peak = Math.max(peak, peakBytes(child.pid ?? 0))
  }, LOOK_EVERY_MS)
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('exit', resolve).on('error', reject)
    })
    const seconds = Math.round(performance.now() - begin) / 1000
    if (!(command.success ?? [0]).includes(code ?? -1))
      throw failed(command, { code, seconds }, options)
    const cpuSeconds = Math.round((childrenCpuSeconds() - cpuBefore) * 100) / 100
    return { seconds, cpuSeconds, peakMiB: Math.round(peak / MIB) }
  } finally {
    clearInterval(look)
    closeSync(output)
  }
}

interface End {
  /** Null for a process that was killed. */
  code: number | null
  seconds: number
}

function failed({ file, args }: Command, end: End, { log, timeoutSeconds }: RunOptions): Error {
  const output = readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n')
  const told = (how: string) => `${file} ${args.slice(0, 2).join(' ')} ${how}:\n${output}`
  if (end.code !== null) return new Error(told(`ended with ${end.code}`))
  if (end.seconds < timeoutSeconds) return new Error(told('was killed'))
  return new TimeLimitError(told(`was ended after ${timeoutSeconds} s`), timeoutSeconds)
}
