import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildGo, versionIn } from './build-go.ts'
import type { Job, Peer } from './peer.ts'

const MODULE = join(import.meta.dirname, 'helm')

/** A release of one chart, whose templates are the manifests. */
export async function helmPeer(): Promise<Peer> {
  const file = await buildGo({ name: 'helm', module: MODULE, package: 'helm.sh/helm/v4/cmd/helm' })
  return {
    name: 'helm',
    version: versionIn(MODULE, 'helm.sh/helm/v4'),
    command: job => {
      writeFileSync(join(chartOf(job), 'Chart.yaml'), CHART)
      return { file, args: argsFor(job), env: { HOME: job.home } }
    },
  }
}

const CHART = 'apiVersion: v2\nname: bench\nversion: 1.0.0\n'

const chartOf = ({ workload }: Job) => join(workload.manifests, '..')

function argsFor(job: Job): string[] {
  const { operation, workload, sandbox } = job
  const target = [`--namespace=${workload.namespace}`, `--kubeconfig=${sandbox.kubeconfig}`]
  if (operation === 'delete') return ['uninstall', 'bench', '--wait', ...target]
  const upgrade = ['upgrade', '--install', 'bench', chartOf(job), ...target]
  return operation === 'diff' ? [...upgrade, '--dry-run=server'] : upgrade
}
