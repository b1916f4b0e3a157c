/** What somebody writes, and what helps; the first row that fits counts. */
export type Remedies<Given = undefined> = readonly (readonly [
  words: RegExp,
  remedy: string | ((given: Given, found: RegExpExecArray) => string),
])[]

/** What helps against what a text says; undefined where it is of no known form. */
export function remedyAgainst<Given>(
  text: string,
  rows: Remedies<Given>,
  given = undefined as Given,
): string | undefined {
  for (const [words, remedy] of rows) {
    const found = words.exec(text)
    if (found !== null) return typeof remedy === 'string' ? remedy : remedy(given, found)
  }
  return undefined
}
