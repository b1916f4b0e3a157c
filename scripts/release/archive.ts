import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, copyFileSync, linkSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { extname, join } from 'node:path'

const PROGRAMS = { '.gz': 'gzip -n', '.zst': 'zstd -q -9' }

/** Packs an executable as `slipway`, with the license: the same bytes for the same file, whoever packs it, and when. */
export function pack({ executable, archive }: { executable: string; archive: string }): void {
  const folder = mkdtempSync(`${archive}.`)
  try {
    linkSync(executable, join(folder, 'slipway'))
    chmodSync(join(folder, 'slipway'), 0o755)
    copyFileSync('LICENSE', join(folder, 'LICENSE'))
    const same = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner']
    const args = [...same, `--use-compress-program=${programFor(archive)}`, '-C', folder, '-cf', archive]
    execFileSync('tar', [...args, 'LICENSE', 'slipway'], { stdio: 'inherit' })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function programFor(archive: string): string {
  return PROGRAMS[extname(archive) as keyof typeof PROGRAMS]
}

export function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
