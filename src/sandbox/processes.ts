import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { failure } from '../problem/index.ts'

export interface SandboxProcess {
  pid: number
  /** The component: etcd, kube-apiserver, …, `manager` for KServe's, or a tool that is at work on the sandbox. */
  name: string
}

/** What works on a sandbox when it is started, and would go on doing so after slipway was killed. */
const TOOLS = new Set(['kubectl', 'kwokctl'])

/**
 * The processes of one sandbox. Components are known by their executable, a link in the sandbox's own folder; tools by an argument
 * in it. Process id files are not trusted: after a crash or a reboot they name somebody else's process.
 */
export function processesOf(stateDirectory: string): SandboxProcess[] {
  const isOwn = (argument: string) => argument.startsWith(`${stateDirectory}${path.sep}`)
  return (process.platform === 'linux' ? fromProc() : fromPs()).flatMap(({ pid, command }) => {
    const [executable = '', ...args] = command
    const name = path.basename(executable)
    const isMeant = isOwn(executable) || (TOOLS.has(name) && args.some(isOwn))
    return isMeant ? [{ pid, name }] : []
  })
}

/**
 * Kills them and waits until they have ended, with their ports free; goes on while new ones appear, as when a start was
 * interrupted.
 */
export async function killProcesses(
  stateDirectory: string,
  isMeant: (process: SandboxProcess) => boolean = () => true,
): Promise<void> {
  const deadline = Date.now() + 30_000
  const killed = new Map<number, SandboxProcess>()
  let quietRounds = 0
  while (quietRounds < 2) {
    for (const found of processesOf(stateDirectory).filter(isMeant)) killed.set(found.pid, found)
    const left = [...killed.values()].filter(({ pid }) => !hasEnded(pid))
    if (left.length > 0 && Date.now() > deadline) throw wouldNotEnd(left)
    quietRounds = left.length === 0 ? quietRounds + 1 : 0
    for (const { pid } of left) kill(pid)
    await sleep(30)
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

// While a process gives its memory back it has no command line any more, and still holds its ports.
function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform === 'linux' && isZombie(pid)
  } catch {
    return true
  }
}

// The first thread is one at once, the last to end gives back the rest.
function isZombie(pid: number): boolean {
  const [state = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? ''
  return 'ZX'.includes(state) && readdirSync(`/proc/${pid}/task`).length <= 1
}

function wouldNotEnd(left: SandboxProcess[]) {
  const list = left.map(({ name, pid }) => `${name} (${pid})`).join(', ')
  return failure('sandbox', `processes of the sandbox do not end: ${list}`, {
    remedy: 'Look at them with ps, then run `slipway sandbox down` again.',
  })
}

interface RunningCommand {
  pid: number
  command: string[]
}

function fromProc(): RunningCommand[] {
  return readdirSync('/proc')
    .filter(entry => /^\d+$/.test(entry))
    .map(entry => ({ pid: Number(entry), command: commandLine(entry) }))
}

// Empty for kernel threads, for zombies, and for what ended meanwhile.
function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}

function fromPs(): RunningCommand[] {
  const table = execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8' })
  return table.split('\n').flatMap(line => {
    const match = /^\s*(\d+)\s+(.*)/.exec(line)
    return match ? [{ pid: Number(match[1]), command: (match[2] ?? '').split(' ') }] : []
  })
}
