import { cleanText } from '../foreign/index.ts'

export { cleanLine, cleanText } from '../foreign/index.ts'

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
