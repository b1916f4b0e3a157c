import type { AnyCommand, DescribedCommand } from '../command.ts'
import { GLOBAL } from '../options.ts'
import { COMPLETION } from './completion-command.ts'
import { argumentsIn } from './line.ts'

export interface HelpQuestion {
  command: DescribedCommand | undefined
  /** False where it is about a command that there is not. */
  isKnown: boolean
  /** The line without the question. */
  words: string[]
}

/** Which help a command line asks for; undefined where it asks for none. */
export function helpAskedBy(
  argv: readonly string[],
  commands: readonly AnyCommand[],
): HelpQuestion | undefined {
  const end = argv.indexOf('--')
  const line = end === -1 ? argv : argv.slice(0, end)
  if (!line.some(isQuestion)) return undefined
  const [word] = argumentsIn(line, GLOBAL)
  const command = [...commands, COMPLETION].find(({ name }) => name === word)
  const isKnown = word === undefined || command !== undefined
  return { command, isKnown, words: line.filter(each => !isQuestion(each)) }
}

const isQuestion = (word: string) => word === '--help' || word === '-h'
