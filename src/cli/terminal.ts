import { withRemedies } from '../problem/index.ts'
import type { InTurn } from '../project/index.ts'
import { outgoing, outgoingData, painter, wantsColour, type Paint } from '../report/index.ts'
import type { GlobalArgs } from './options.ts'
import { openOutput } from './stream.ts'

/** The process as commands see it: where results and messages go, and who is watching. */
export interface Terminal {
  env: NodeJS.ProcessEnv
  /** Results: stdout. As everything here that does not say otherwise, it goes through the gate of `outgoing`. */
  out: (text: string) => void
  /** What is asked for itself, such as rendered objects, on stdout: secrets in it stay. */
  data: (text: string) => void
  /** Progress and messages: stderr. */
  err: (text: string) => void
  /** Our own commands to a CI runner, with everything foreign in them escaped: on stdout. */
  outCommands: (text: string) => void
  /** The same on stderr. */
  errCommands: (text: string) => void
  /** Resolves when everything is written, with what prevented it. */
  flush: () => Promise<Error | undefined>
  /** stderr itself, without the gate, for something that draws. */
  draw: (text: string) => void
  /** Empties the screen that stdout is. */
  clear: () => void
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
  /** What is told, with remedies that work where this command did: in that environment, where it is one of several. */
  advised: <Told>(told: Told, environment?: string) => Told
  /** For a command in several environments: what it loads before it asks a cluster. */
  inTurn: InTurn
  /** Aborts at the first interrupt. */
  signal: AbortSignal
}

export interface TerminalInput {
  process: NodeJS.Process
  args: Pick<GlobalArgs, 'color' | 'logFormat'>
  signal: AbortSignal
  /** A remedy as it holds for this command, or for one environment of several. */
  advise: (remedy: string, environment?: string) => string
}

export function openTerminal({ process, args, signal, advise }: TerminalInput): Terminal {
  const { stdout, stderr, env } = process
  const canRedraw =
    stderr.isTTY && !isSet(env['CI']) && env['TERM'] !== 'dumb' && args.logFormat !== 'json'
  const hasColour = (isTerminal: boolean) => wantsColour({ flag: args.color, env, isTerminal })
  const [outColours, errColours] = [hasColour(stdout.isTTY), hasColour(stderr.isTTY)]
  const [output, messages] = [openOutput(stdout), openOutput(stderr)]
  process.once('exit', messages.release)
  const outCommands = (text: string) => {
    // Both may go to one file.
    messages.release()
    output.write(text)
  }
  let above = messages.write
  return {
    env,
    out: text => outCommands(outgoing(text, outColours)),
    data: text => outCommands(outgoingData(text)),
    outCommands,
    err: text => above(outgoing(text, errColours)),
    errCommands: text => above(text),
    drawOn: drawn => {
      above = drawn ?? messages.write
    },
    draw: messages.write,
    clear: () => outCommands(CLEAR),
    writeSoon: text => messages.writeSoon(outgoing(text, errColours)),
    flush: async () => (await output.flush()) ?? (await messages.flush()),
    paintOut: painter(outColours),
    paintErr: painter(errColours),
    isOutTerminal: stdout.isTTY,
    logFormat: args.logFormat === 'json' ? 'json' : 'text',
    // Node opens its stdin when it is asked for: only where somebody may have to answer.
    get isInteractive() {
      return stderr.isTTY && !isSet(env['CI']) && process.stdin.isTTY
    },
    canRedraw,
    advised: (told, environment) => withRemedies(told, remedy => advise(remedy, environment)),
    inTurn: load => load(),
    size: () => ({ columns: stderr.columns ?? 80, rows: stderr.rows ?? 24 }),
    signal,
  }
}

const CLEAR = '\u001B[H\u001B[2J'

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false' && value !== '0'
}
