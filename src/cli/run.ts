import type { AnyCommand } from './command.ts'
import { COMMANDS } from './commands.ts'
import { endNow } from './end.ts'
import { bug } from '../problem/index.ts'
import { reportError, stackOf, unwritable } from './failure.ts'
import type { SeveralArgs } from './environments.ts'
import { inEnvironments } from './in-environments.ts'
import { INTERRUPTED, onInterrupt } from './interrupt.ts'
import { boundYoungGeneration } from './memory.ts'
import { adviceAfter, asCalled } from './next-command.ts'
import type { GlobalArgs } from './options.ts'
import { parse, type Parsed } from './parse.ts'
import { exitCodeFor, reportProblems } from './problems.ts'
import { openTerminal, type Terminal } from './terminal.ts'
import { VERSION } from '../object/index.ts'

export { endWith } from './end.ts'

/** Does what the command line asks for; resolves to the exit code. */
export async function run(argv: readonly string[], process: NodeJS.Process): Promise<number> {
  boundYoungGeneration()
  const columns = process.stdout.columns ?? 100
  const parsed = await parse({ argv, commands: COMMANDS, columns, version: VERSION })
  const terminal = terminalFor(parsed, argv, process)
  process.on('uncaughtException', error => {
    reportProblems([bug(error)], terminal)
    endNow(exitCodeFor([bug(error)]))
  })
  const exitCode = await answer(parsed, terminal)
  const lost = await terminal.flush()
  if (lost === undefined) return exitCode
  const problem = unwritable(lost)
  reportProblems([problem], terminal)
  return exitCodeFor([problem])
}

async function answer(parsed: Parsed, terminal: Terminal): Promise<number> {
  if (parsed.type === 'run') return runCommand(parsed, terminal)
  if (parsed.type === 'print') terminal.out(parsed.text)
  else reportProblems([parsed.problem], terminal)
  return parsed.type === 'print' ? 0 : exitCodeFor([parsed.problem])
}

function terminalFor(parsed: Parsed, argv: readonly string[], process: NodeJS.Process): Terminal {
  const args = parsed.type === 'run' ? parsed.args : unparsed(argv)
  const signal = onInterrupt(process, () => {
    terminal.err('Interrupted: finishing cleanly. Interrupt again to exit at once.\n')
  })
  const advise = (remedy: string, environment?: string) => {
    const advice =
      parsed.type === 'run'
        ? adviceAfter({ ...parsed, commands: COMMANDS, environment }, remedy)
        : remedy
    return asCalled(advice, COMMANDS)
  }
  const terminal = openTerminal({ process, args, signal, advise })
  return terminal
}

/** A command line that cannot be parsed may still say how its error is wanted. */
function unparsed(argv: readonly string[]): { color: boolean; logFormat: 'text' | 'json' } {
  const isJson = /--log-format[= ]json\b/.test(argv.join(' '))
  return { color: !argv.includes('--no-color'), logFormat: isJson ? 'json' : 'text' }
}

/** The single catch of the program. */
async function runCommand(
  { command, args }: Extract<Parsed, { type: 'run' }>,
  terminal: Terminal,
): Promise<number> {
  try {
    const exitCode = await runWhere(command, args, terminal)
    return terminal.signal.aborted && exitCode !== 0 ? INTERRUPTED : exitCode
  } catch (error) {
    if (args.debug && error instanceof Error) terminal.err(`${stackOf(error)}\n`)
    if (terminal.signal.aborted) return INTERRUPTED
    return reportError(error, terminal, args.directory)
  }
}

/** In the environment that is meant, or in each of several. */
async function runWhere(
  command: AnyCommand,
  args: GlobalArgs,
  terminal: Terminal,
): Promise<number> {
  const { course } = command
  const runIn = (own: GlobalArgs, around: Terminal) => command.run(own as never, around)
  if (course === undefined) return runIn(args, terminal)
  const around = { ...course(args as never), terminal }
  return inEnvironments(args as GlobalArgs & SeveralArgs, around, runIn)
}
