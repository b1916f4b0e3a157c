import { painter, wantsColour } from '../report/index.ts'
import type { Paint } from '../report/index.ts'
import type { GlobalArgs } from './options.ts'

/** The process as commands see it: where results and messages go, and who is watching. */
export interface Terminal {
  env: NodeJS.ProcessEnv
  /** Results: stdout. */
  out: (text: string) => void
  /** Progress and messages: stderr. */
  err: (text: string) => void
  /** stderr itself, for something that draws. */
  write: (text: string) => void
  /** Messages go through the given function, so that they do not disturb what is drawn; until `undefined` is given. */
  drawOn: (above: ((text: string) => void) | undefined) => void
  paintOut: Paint
  paintErr: Paint
  /** stdout is a terminal. */
  isOutTerminal: boolean
  logFormat: 'text' | 'json'
  /** Somebody can be asked. */
  isInteractive: boolean
  /** stderr is a terminal that somebody watches. */
  canRedraw: boolean
  size: () => { columns: number; rows: number }
  /** Aborts at the first interrupt. */
  signal: AbortSignal
}

export interface TerminalInput {
  process: NodeJS.Process
  args: Pick<GlobalArgs, 'color' | 'logFormat'>
  signal: AbortSignal
}

export function openTerminal({ process, args, signal }: TerminalInput): Terminal {
  const { stdin, stdout, stderr, env } = process
  const canRedraw =
    stderr.isTTY && !isSet(env['CI']) && env['TERM'] !== 'dumb' && args.logFormat !== 'json'
  const paintFor = (isTerminal: boolean) =>
    painter(wantsColour({ flag: args.color, env, isTerminal }))
  const write = quietWriter(stderr)
  let err = write
  return {
    env,
    out: quietWriter(stdout),
    err: text => err(text),
    drawOn: above => {
      err = above ?? write
    },
    write,
    paintOut: paintFor(stdout.isTTY),
    paintErr: paintFor(stderr.isTTY),
    isOutTerminal: stdout.isTTY,
    logFormat: args.logFormat === 'json' ? 'json' : 'text',
    isInteractive: stdin.isTTY && stderr.isTTY && !isSet(env['CI']),
    canRedraw,
    size: () => ({ columns: stderr.columns ?? 80, rows: stderr.rows ?? 24 }),
    signal,
  }
}

/** A reader that has gone away (`slipway render | head`) is no error, and must not stop an apply half-way. */
function quietWriter(stream: NodeJS.WriteStream): (text: string) => void {
  let isOpen = true
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    isOpen = false
  })
  return text => {
    if (isOpen && text !== '') stream.write(text)
  }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false' && value !== '0'
}
