import { GLOBAL, type OptionTable } from '../options.ts'
import { usageError } from '../usage.ts'
import { COMPLETION, SHELLS } from './completion-command.ts'
import { argumentsIn } from './line.ts'
import type { Problem } from '../../problem/index.ts'

/**
 * Words before the cursor, then the one at it, which may be empty. Where there is nothing to choose from, files are offered. Descriptions
 * come after a tab where yargs takes the shell for fish.
 */
export const FISH = `# Completion of slipway in fish: slipway completion fish > ~/.config/fish/completions/slipway.fish
function __slipway_complete
    set -l current (commandline -ct)
    set -l found (env SHELL=fish slipway --get-yargs-completions (commandline -opc) "$current" 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        __fish_complete_path "$current"
    end
end
complete -c slipway -f -a '(__slipway_complete)'
`

/**
 * The shell that `slipway completion` names, else the one that runs; undefined where the line asks for no script, or for help. Flags of every
 * command may stand anywhere in it.
 */
export function shellAsked(
  argv: readonly string[],
  running: string | undefined,
): string | undefined {
  const [command, named, ...more] = argumentsIn(argv, GLOBAL)
  if (command !== COMPLETION.name || more.length > 0) return undefined
  if (argv.some(word => word.startsWith('-') && !isGlobal(word))) return undefined
  return named ?? SHELLS.find(shell => running?.endsWith(shell)) ?? 'bash'
}

function isGlobal(word: string): boolean {
  const [name = ''] = word.replace(/^--?(?:no-)?/, '').split('=')
  return Object.entries<OptionTable[string]>(GLOBAL).some(
    ([flag, { alias }]) => name === flag || name === alias,
  )
}

export function unknownShell(shell: string): Problem | undefined {
  if (SHELLS.includes(shell)) return undefined
  return usageError(`there is no completion for "${shell}": it is one of ${SHELLS.join(', ')}`)
}

/** A parser of yargs finds out about the shell from the environment when it is made. */
export async function withShell<Result>(
  shell: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const { SHELL: before } = process.env
  process.env['SHELL'] = shell
  try {
    return await work()
  } finally {
    if (before === undefined) delete process.env['SHELL']
    else process.env['SHELL'] = before
  }
}
