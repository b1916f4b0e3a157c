import { COMMANDS } from '../../src/cli/commands.ts'
import { usageOf, type AnyCommand } from '../../src/cli/command.ts'
import { flagWords } from '../../src/cli/help/placeholders.ts'
import { describeOption, GLOBAL, type OptionTable } from '../../src/cli/options.ts'

/** The part of docs/cli.md that is made from the commands' own tables. */
export function commandReference(): string {
  return [
    ...COMMANDS.flatMap(commandLines),
    '## Flags of every command',
    '',
    ...flagTable(GLOBAL),
    '| `-h`, `--help` | Show help |',
    '| `--version` | Show the version |',
    '',
  ].join('\n')
}

function commandLines(command: AnyCommand): string[] {
  const { name, description, options, positionals, examples } = command
  const words = Object.entries(positionals).map(([key, { describe, choices }]) => {
    const list =
      choices === undefined ? '' : `: ${choices.map(choice => `\`${choice}\``).join(', ')}`
    return `| \`${key}\` | ${describe}${list} |`
  })
  const rows = [...words, ...flagTable(options).slice(2)]
  return [
    `## ${name}`,
    '',
    description,
    '',
    '```sh',
    `slipway ${usageOf(command)}`,
    '```',
    '',
    ...(rows.length === 0 ? [] : ['| | |', '|---|---|', ...rows, '']),
    ...examples.flatMap(([line, what]) => [`- \`slipway ${line}\`: ${lowerFirst(what)}`]),
    '',
  ]
}

function flagTable(table: OptionTable): string[] {
  const rows = Object.entries(table).map(([name, option]) => {
    const flags = flagWords(name, option, table).map(flag => `\`${flag}\``)
    return `| ${flags.join(', ')} | ${escapeCell(describeOption(option))} |`
  })
  return ['| | |', '|---|---|', ...rows]
}

function escapeCell(text: string): string {
  return text.replaceAll('|', String.raw`\|`)
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
