import { painter, wantsColour } from '../report/index.ts'
import type { Paint } from '../report/index.ts'
import type { GlobalArgs } from './options.ts'
import { openOutput } from './stream.ts'

/** The process as commands see it: where results and messages go, and who is watching. */
export interface Terminal {
  env: NodeJS.ProcessEnv
  /** Results: stdout. */
  out: (text: string) => void
  /** Progress and messages: stderr. */
  err: (text: string) => void
  /** Resolves when everything is written, with what prevented it. */
  flush: () => Promise<Error | undefined>
  /** stderr itself, for something that draws. */
  write: (text: string) => void
  /** The same for what comes in thousands: in a moment, and in order. */
  writeSoon: (text: string) => void
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
  const [output, messages] = [openOutput(stdout), openOutput(stderr)]
  const { write, writeSoon } = messages
  process.once('exit', messages.release)
  let err = write
  return {
    env,
    out: text => {
      // Both may go to one file.
      messages.release()
      output.write(text)
    },
    err: text => err(text),
    drawOn: above => {
      err = above ?? write
    },
    write,
    writeSoon,
    flush: async () => (await output.flush()) ?? (await messages.flush()),
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

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false' && value !== '0'
}
