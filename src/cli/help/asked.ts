import type { AnyCommand } from '../command.ts'
import { GLOBAL } from '../options.ts'

export interface HelpQuestion {
  command: AnyCommand | undefined
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
  const word = firstWord(line)
  const command = commands.find(({ name }) => name === word)
  const isKnown = word === undefined || command !== undefined || word === 'completion'
  return { command, isKnown, words: line.filter(each => !isQuestion(each)) }
}

const isQuestion = (word: string) => word === '--help' || word === '-h'

/** The command: flags that stand before it may have values. */
function firstWord(line: readonly string[]): string | undefined {
  return line.find((word, index) => !word.startsWith('-') && !isValue(line[index - 1]))
}

function isValue(before: string | undefined): boolean {
  return Object.entries(GLOBAL).some(
    ([name, option]) =>
      !('type' in option && option.type === 'boolean') &&
      (before === `--${name}` || ('alias' in option && before === `-${option.alias}`)),
  )
}
