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

/**
 * The message of a commit that quotes others, such as the subject of the commit that it takes back: what asks pipelines to pass over a commit
 * asked it for another one, and this one is to be applied. GitHub (docs, "Skipping workflow runs"), GitLab, Azure Pipelines.
 */
export function withoutSkip(message: string): string {
  return message
    .replaceAll(/\[((?:skip|no)[ -](?:ci|actions|azp)|(?:ci|actions|azp)[ -]skip)\]/gi, '($1)')
    .replaceAll(/\*{3}(NO_CI)\*{3}/gi, '($1)')
    .replaceAll(/skip-checks(?=:)/gi, 'skip-checks ')
}
