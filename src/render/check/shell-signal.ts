import { at, type JsonMap } from '../../object/index.ts'
import type { Pods } from './pods.ts'
import { nameOfContainer } from './ports.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'

/** SIGTERM reaches the server: a shell that starts it gives its place to it (T1). */
export const shellSignal: Rule = {
  id: 'shell-signal',
  find: view => view.pods.flatMap(shellFindings),
}

function shellFindings({ workload, containers, server }: Pods): Findings {
  return containers.filter(startsByShell).map(container => ({
    rendering: workload,
    field: container === server ? fieldOf(container) : 'spec.sidecars',
    severity: 'warning',
    subject: nameOfContainer(container),
    message: `container ${nameOfContainer(container)} of ${nameOf(workload)} is started by a shell, which does not pass SIGTERM on to the server`,
    cause:
      'The shell is process 1 and waits for its last command: the server never receives the signal, and is killed when the grace period is over.',
    remedy: 'Begin the last command of the script with exec.',
  }))
}

const SHELL = /(?:^|\/)(?:ba|da|a|k|z)?sh$/

/** Bash and dash give their place to a command that is alone, busybox's ash too: scripts of one command are as good as with exec. */
function startsByShell(container: JsonMap): boolean {
  const [program = '', ...rest] = words(container)
  const flag = rest.findIndex(word => /^-[a-z]*c$/.test(word))
  const script = flag === -1 ? undefined : rest[flag + 1]
  if (!SHELL.test(program) || script === undefined) return false
  const commands = commandsOf(script)
  const last = commands.at(-1) ?? ''
  return commands.length > 1 && !/^(?:exec|wait)\b/.test(last) && !/\btrap\b/.test(script)
}

function words({ command, args }: JsonMap): string[] {
  return [command, args].flatMap(list => (Array.isArray(list) ? list.map(String) : []))
}

/** Cut where one command ends and another begins, but not within quotes; a line that goes on is one. */
function commandsOf(script: string): string[] {
  const bare = script.replace(/\\\n/g, ' ').replace(/'[^']*'|"[^"]*"/g, '_')
  return bare
    .split(/&&|\|\||[;\n|&]/)
    .map(part => part.trim())
    .filter(part => part !== '' && !part.startsWith('#'))
}

function fieldOf(container: JsonMap): string {
  return at(container, 'args') === undefined ? 'spec.command' : 'spec.args'
}
