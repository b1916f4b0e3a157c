import type { Terminated } from '../shapes.ts'

interface ExitMeaning {
  /** Follows `exit code N: `. */
  text: string
  remedy: string
}

const SEE_LOGS = 'read the log of the last run'

const MEANINGS: Record<number, readonly [text: string, remedy: string]> = {
  0: [
    'it ended by itself without an error, but a server has to keep running',
    'check that the command starts the server in the foreground',
  ],
  1: ['an error of the application', SEE_LOGS],
  2: ['an error of the application, often a wrong argument', `check args, and ${SEE_LOGS}`],
  126: [
    'the command is there but cannot be executed',
    'check that the command in spec.command (or the image) is executable for the user it runs as',
  ],
  127: [
    'the command was not found in the image',
    'check spec.command and spec.args against what the image contains',
  ],
  128: [
    'the container could not be started',
    'check spec.command and the working directory against what the image contains',
  ],
  132: [
    'SIGILL: the program uses instructions that the CPU of this node does not have',
    "choose nodes by scheduling.nodeSelector, or an image built for the nodes' CPU",
  ],
  134: ['SIGABRT: the program aborted itself', SEE_LOGS],
  135: ['SIGBUS: often /dev/shm is too small', 'set sharedMemory, e.g. 8Gi'],
  137: [
    'SIGKILL: it did not end within its grace period, or its node killed it (it was not OOMKilled)',
    'look at the events for what stopped it, and raise shutdown.gracePeriod if it needs longer to end',
  ],
  139: [
    'SIGSEGV: the program accessed memory that is not its own',
    'often a CUDA, driver or native library that does not fit the image: compare with an image that works',
  ],
  143: [
    'SIGTERM: it was asked to end and did',
    'look at the events for what stopped it (a probe, an eviction, a scale-down)',
  ],
}

/** The kubelet does not know how it ended, and writes 137: pkg/kubelet/status/status_manager.go. */
const LOST: ExitMeaning = {
  text: 'its node lost it (a restart of the node or of its container runtime)',
  remedy: 'look at its node for what made it restart',
}

/** What an exit code says; over 128 it is the number of the signal that ended the process. */
export function exitMeaning({ exitCode, reason }: Terminated): ExitMeaning {
  if (reason === 'OOMKilled')
    return {
      text: 'SIGKILL: it used more memory than its limit (OOMKilled)',
      remedy: 'raise resources.memory',
    }
  if (reason === 'ContainerStatusUnknown') return LOST
  const isSignal = exitCode > 128 && exitCode < 160
  const usual = isSignal ? `ended by signal ${exitCode - 128}` : 'an error of the application'
  const [text, remedy] = MEANINGS[exitCode] ?? [usual, SEE_LOGS]
  return { text, remedy }
}

/** `exit code 1: an error of the application`. */
export function exitText(end: Terminated): string {
  return `exit code ${end.exitCode}: ${exitMeaning(end).text}`
}
