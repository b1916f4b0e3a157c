import { cleanLine } from '../clean.ts'

/** Of one foreign text in a comment; a log has it whole. */
export const LONGEST_TEXT = 1000

/** Longer than any run of backticks inside. */
export function fenceFor(lines: readonly string[]): string {
  const longest = Math.max(
    2,
    ...lines.flatMap(line => line.match(/`+/g) ?? []).map(run => run.length),
  )
  return '`'.repeat(longest + 1)
}

/** Foreign text in code style, which nothing inside ends. */
export function codeSpan(text: string): string {
  return `\`${cleanLine(text).replaceAll('`', "'")}\``
}

export function escapeHtml(text: string): string {
  return cleanLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Mentions, tables and emphasis in foreign text stay text. */
export function escapeMarkdown(text: string): string {
  return escapeHtml(text)
    .replaceAll(/[\\`*_[\]|]/g, String.raw`\$&`)
    .replaceAll('@', '@&#8203;')
}
