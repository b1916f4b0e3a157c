import path from 'node:path'
import { SlipwayError } from '../problem/index.ts'
import { runCommand } from './command.ts'

export interface Kubectl {
  /** The binary. */
  kubectl: string
  stateDirectory: string
}

/**
 * How the sandbox's own objects are applied. They are known to be valid; to check them kubectl would download what the API server
 * says of all kinds, which a busy machine does not always manage in kubectl's 32 seconds.
 */
const APPLY = ['apply', '--server-side', '--validate=false']
const APPLY_TRIES = 4

/** What the API server, or etcd behind it, did not manage in its own time: the same request may be sent again. */
const BUSY =
  /\(Timeout\)|timed out|context deadline exceeded|\(TooManyRequests\)|\(ServiceUnavailable\)/

/** Applies the sandbox's own objects; where the machine is so busy that the API server gives up, once more. */
export async function applyOwn(
  kubectl: Kubectl,
  args: readonly string[],
  more: { input?: string; signal?: AbortSignal | undefined } = {},
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await runKubectl(kubectl, [...APPLY, ...args], more)
      return
    } catch (error) {
      if (tries === APPLY_TRIES || more.signal?.aborted === true || !isBusy(error)) throw error
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof SlipwayError && error.problems.some(({ cause = '' }) => BUSY.test(cause))
}

/** Runs kubectl as the sandbox's administrator, whatever the user's own kubeconfig says. */
export async function runKubectl(
  { kubectl, stateDirectory }: Kubectl,
  args: readonly string[],
  more: { input?: string; signal?: AbortSignal | undefined } = {},
): Promise<string> {
  return await runCommand({
    file: kubectl,
    args: ['--kubeconfig', adminKubeconfig(stateDirectory), ...args],
    env: kubectlEnvironment({ kubectl, stateDirectory }),
    ...more,
  })
}

/** kwokctl writes it. */
export function adminKubeconfig(stateDirectory: string): string {
  return path.join(stateDirectory, 'kubeconfig.yaml')
}

/**
 * Our kubectl comes first on the PATH, for kwokctl. Its discovery cache goes by address, which
 * the next sandbox may have again with other kinds: so each sandbox has a cache of its own.
 */
export function kubectlEnvironment({ kubectl, stateDirectory }: Kubectl): Record<string, string> {
  return {
    PATH: `${path.dirname(kubectl)}${path.delimiter}${process.env['PATH'] ?? ''}`,
    KUBECACHEDIR: path.join(stateDirectory, 'kubectl-cache'),
  }
}
