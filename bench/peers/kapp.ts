import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import { keep } from './kept.ts'
import type { Job, Peer } from './peer.ts'

const FOLDER = 'SLIPWAY_PEERS_DIR'

/** From a folder with `kapp.zst`, an executable: kapp is no Go module that could be built by its version. */
export async function kappPeer(): Promise<Peer> {
  const folder = process.env[FOLDER]
  if (folder === undefined) throw new Error(`${FOLDER} names no folder with kapp.zst`)
  const packed = join(folder, 'kapp.zst')
  if (!existsSync(packed)) throw new Error(`there is no ${packed}`)
  const bytes = readFileSync(packed)
  const file = await keep('kapp', [bytes], () => promisify(zstdDecompress)(bytes))
  return {
    name: 'kapp',
    version: `v${execFileSync(file, ['version'], { encoding: 'utf8' }).trim().split(/\s+/)[2]}`,
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
