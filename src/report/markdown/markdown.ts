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

/** Foreign text as HTML within Markdown, in one line: links, images and code in it stay text wherever it stands. */
export function escapeHtml(text: string): string {
  return inert(text).replaceAll('[', '&#91;').replaceAll('`', '&#96;')
}

/** Foreign text in Markdown, in one line: tables, links, tasks and emphasis in it stay text. */
export function escapeMarkdown(text: string): string {
  return inert(text).replaceAll(/[\\`*_[\]|]/g, String.raw`\$&`)
}

/**
 * Without elements. GitHub makes mentions of people, who are notified, and references to issues, which are told of it, out of HTML as well as
 * of Markdown; bare addresses become links there (https://github.github.com/gfm/#autolinks-extension-), and at GitLab with any scheme.
 */
function inert(text: string): string {
  return cleanLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/(#|\bgh-)(?=\d)/gi, '$1&#8203;')
    .replaceAll('@', '@&#8203;')
    .replaceAll('://', ':&#8203;//')
    .replaceAll(/\bwww(?=\.)/gi, '$&&#8203;')
}
