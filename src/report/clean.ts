import { cleanLine as lineOf, cleanText as textOf } from '../foreign/index.ts'
import { maskForms } from '../secret/index.ts'

/** Foreign text as it may be shown: nothing that steers or hides, and nothing that is a secret by its form. */
export function cleanText(text: string): string {
  return maskForms(textOf(text))
}

/** As cleanText, in one line. */
export function cleanLine(text: string): string {
  return maskForms(lineOf(text))
}

/**
 * Lines below a first line, each behind a bar, so that no line of foreign text
 * can begin with `::`, which a CI runner would take for a command.
 */
export function quoteLines(text: string, prefix: string): string[] {
  return cleanText(text)
    .trimEnd()
    .split('\n')
    .map(line => `${prefix}| ${line}`.trimEnd())
}
