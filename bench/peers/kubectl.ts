import { execFileSync } from 'node:child_process'
import type { Sandbox } from '../../src/sandbox/index.ts'
import type { Command } from '../measure/run-command.ts'
import type { Job, Operation, Peer } from './peer.ts'

/** Server-side apply with an ApplySet, of the sandbox's own version. */
export function kubectlPeer({ kubectl }: Sandbox): Peer {
  const text = execFileSync(kubectl, ['version', '--client', '--output=json'], { encoding: 'utf8' })
  const { clientVersion }: { clientVersion: { gitVersion: string } } = JSON.parse(text)
  return {
    name: 'kubectl',
    version: clientVersion.gitVersion,
    command: job => ({
      file: kubectl,
      args: [...argsFor(job.operation), ...target(job)],
      env: { HOME: job.home, KUBECTL_APPLYSET: 'true' },
      success: job.operation === 'diff' ? [0, DIFFERS] : [0],
    }),
  }
}

/** Exit code of kubectl diff. */
const DIFFERS = 1

const SET = 'configmaps/bench'
const APPLY = ['apply', '--server-side', '--force-conflicts', '--prune', `--applyset=${SET}`]

function argsFor(operation: Operation): string[] {
  switch (operation) {
    case 'prune':
      return [...APPLY, '--wait']
    case 'diff':
      return ['diff', '--server-side', '--force-conflicts']
    case 'delete':
      return ['delete', '--wait']
    default:
      return APPLY
  }
}

function target({ sandbox, workload }: Job): Command['args'] {
  const { kubeconfig } = sandbox
  const { namespace, manifests } = workload
  return [`--kubeconfig=${kubeconfig}`, `--namespace=${namespace}`, `--filename=${manifests}`]
}
