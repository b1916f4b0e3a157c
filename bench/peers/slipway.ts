import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { ENVIRONMENT } from '../workload/specs.ts'
import type { Job, Peer } from './peer.ts'

const CLI = resolve(import.meta.dirname, '../../dist/cli/main.js')

/** The built command line, with the compile cache that its launcher switches on. */
export function slipwayPeer(): Peer {
  const version = execFileSync(process.execPath, [CLI, '--version'], { encoding: 'utf8' }).trim()
  return {
    name: 'slipway',
    version,
    command: job => ({
      file: process.execPath,
      args: [CLI, ...argsFor(job)],
      env: { HOME: job.home, NODE_COMPILE_CACHE: `${job.home}/compile-cache` },
    }),
  }
}

function argsFor({ operation, workload, sandbox }: Job): string[] {
  const place = ['-C', workload.project, '-e', ENVIRONMENT, '--kubeconfig', sandbox.kubeconfig]
  const target = [...place, '--context', sandbox.context]
  switch (operation) {
    case 'diff':
      return ['diff', ...target]
    case 'prune':
      return ['apply', ...target, '--yes', '--max-prune', String(workload.removed.length)]
    case 'delete':
      return ['delete', '--all', ...target, '--yes']
    default:
      return ['apply', ...target, '--yes', '--no-wait']
  }
}
