import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { HERE } from '../../scripts/single-file/node-binary.ts'
import { ENVIRONMENT } from '../workload/specs.ts'
import type { Job, Peer } from './peer.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const CLI = resolve(ROOT, 'dist/cli/main.js')
const SINGLE_FILE = resolve(ROOT, 'release', `slipway-${HERE}`)

/** The built command line. */
export function slipwayPeer(): Peer {
  return builtPeer('slipway', CLI)
}

/** A build of the npm package's, with the compile cache that its launcher switches on. */
export function builtPeer(name: string, cli: string): Peer {
  const version = execFileSync(process.execPath, [cli, '--version'], { encoding: 'utf8' }).trim()
  return {
    name,
    version,
    command: job => ({
      file: process.execPath,
      args: [cli, ...argsFor(job)],
      env: { HOME: job.home, NODE_COMPILE_CACHE: `${job.home}/compile-cache` },
    }),
  }
}

/** The same as one executable file, as `npm run build:single-file` leaves it. */
export function singleFilePeer(): Peer {
  const version = execFileSync(SINGLE_FILE, ['--version'], { encoding: 'utf8' }).trim()
  const command = (job: Job) => ({ file: SINGLE_FILE, args: argsFor(job), env: { HOME: job.home } })
  return { name: 'single-file', version, command }
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
