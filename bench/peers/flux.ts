import { join } from 'node:path'
import { buildGo, versionIn } from './build-go.ts'
import type { Job, Operation, Peer } from './peer.ts'

const MODULE = join(import.meta.dirname, 'flux')

/** Flux' own apply package behind a small driver. */
export async function fluxPeer(): Promise<Peer> {
  const file = await buildGo({ name: 'flux', module: MODULE, package: '.' })
  return {
    name: 'flux',
    version: `ssa ${versionIn(MODULE, 'github.com/fluxcd/pkg/ssa')}`,
    command: job => ({ file, args: argsFor(job), env: { HOME: job.home } }),
  }
}

function argsFor({ operation, workload, sandbox }: Job): string[] {
  return [
    MODES[operation] ?? 'apply',
    `-kubeconfig=${sandbox.kubeconfig}`,
    `-namespace=${workload.namespace}`,
    `-folder=${workload.manifests}`,
  ]
}

const MODES: Partial<Record<Operation, string>> = { diff: 'diff', delete: 'delete' }
