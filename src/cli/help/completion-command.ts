import type { DescribedCommand } from '../command.ts'

/** Shells that a completion script can be for: yargs has those of the first two. */
export const SHELLS = ['bash', 'zsh', 'fish']

/** The one command that is not in the table: yargs makes its script. */
export const COMPLETION: DescribedCommand = {
  name: 'completion',
  summary: 'Print a completion script for bash, zsh or fish',
  description:
    'Prints the script that lets a shell complete commands, flags, environments and endpoints. Without an argument it is for the shell that runs.',
  positionals: {
    SHELL: { describe: 'Shell the script is for', many: false, isOptional: true, choices: SHELLS },
  },
  options: {},
  examples: [
    ['completion bash >> ~/.bashrc', 'in bash'],
    ['completion zsh >> ~/.zshrc', 'in zsh'],
    ['completion fish > ~/.config/fish/completions/slipway.fish', 'in fish'],
  ],
}
