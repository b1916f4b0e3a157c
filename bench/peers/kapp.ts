import { join } from 'node:path'
import { buildGo, versionIn } from './build-go.ts'
import type { Job, Peer } from './peer.ts'

const MODULE = join(import.meta.dirname, 'kapp')

export async function kappPeer(): Promise<Peer> {
  const file = await buildGo({ name: 'kapp', module: MODULE, package: 'carvel.dev/kapp/cmd/kapp' })
  return {
    name: 'kapp',
    version: versionIn(MODULE, 'carvel.dev/kapp'),
    command: job => ({ file, args: argsFor(job), env: { HOME: job.home } }),
  }
}

function argsFor({ operation, workload, sandbox }: Job): string[] {
  const app = ['--app=bench', `--namespace=${workload.namespace}`, '--yes']
  const target = [...app, `--kubeconfig=${sandbox.kubeconfig}`]
  const deploy = ['deploy', ...target, `--file=${workload.manifests}`]
  switch (operation) {
    case 'prune':
      return deploy
    case 'diff':
      return [...deploy, '--diff-run']
    case 'delete':
      return ['delete', ...target]
    default:
      return [...deploy, '--wait=false']
  }
}
