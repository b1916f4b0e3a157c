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

/** What somebody writes, what that says, and what helps, with what else is known of it. */
export type Words<More = unknown, Text = string> = readonly [
  pattern: RegExp,
  text: Text,
  remedy: string,
  more?: More,
]

export type Said<More = unknown, Text = string> = {
  pattern: RegExp
  text: Text
  remedy: string
} & Partial<More>

export function saidBy<More, Text = string>(
  rows: readonly Words<More, Text>[],
): Said<More, Text>[] {
  return rows.map(([pattern, text, remedy, more]) => ({ pattern, text, remedy, ...more! }))
}
