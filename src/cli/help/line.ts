import type { OptionTable } from '../options.ts'

/** The flag that a word is, where a value comes after it. */
export function flagOf(word: string, table: OptionTable): string | undefined {
  const found = Object.entries(table).find(
    ([name, { alias }]) => word === `--${name}` || word === `-${String(alias)}`,
  )
  return found?.[1].type === 'boolean' ? undefined : found?.[0]
}

/** The words of a line that are neither flags nor their values. */
export function argumentsIn(words: readonly string[], table: OptionTable): string[] {
  return words.filter(
    (word, index) => !word.startsWith('-') && flagOf(words[index - 1] ?? '', table) === undefined,
  )
}
