/**
 * Text as lines of a log in which no CI runner finds a command: runners of GitHub take `##[name]` anywhere in a line, and
 * `::name::` at its beginning behind any blanks (actions/runner, ActionCommand.cs); those of Azure `##vso[name]`. A blank in
 * between keeps the text readable. To be applied last: what is cleaned afterwards could become a command.
 */
export function disarm(text: string): string {
  if (!mayCommand(text)) return text
  return text.replaceAll(OLD_COMMAND, '# ').replaceAll(LINE_COMMAND, '$1: ')
}

/** Cheap: nearly no text has either. */
export function mayCommand(text: string): boolean {
  return text.includes('##') || text.includes('::')
}

/** The first `#` of `##[` and `##vso[`. */
export const OLD_COMMAND = /#(?=#\w*\[)/g

/** Blanks are looked at from the beginning of a line alone, whatever ends the one before. */
const LINE_COMMAND = /(?<![^\n\r\u2028\u2029])([^\S\n\r\u2028\u2029]*):(?=:)/g
