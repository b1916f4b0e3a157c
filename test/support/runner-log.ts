/**
 * The lines of a log that CI runners take for commands. GitHub's (src/Runner.Common/ActionCommand.cs): `::name::` at the
 * beginning behind whatever .NET trims, which knows only the commands that are registered, as the old form `##[name]` anywhere
 * in a line; here any name counts. Azure's: `##vso[`. GitLab's: section markers, and whatever follows a carriage return.
 */
export function commandsIn(log: string): string[] {
  return log.split(/\r\n|\r|\n/).filter(line => isCommand(line))
}

function isCommand(line: string): boolean {
  return (
    /^[\s\u0085]*::[^]*/.test(line) ||
    /##\w*\[/.test(line) ||
    // oxlint-disable-next-line no-control-regex -- GitLab's markers are escape sequences
    /section_(start|end):\d+:[^\r]*\r?\u001B\[0K/.test(line)
  )
}
