import { execFileSync } from 'node:child_process'
import { mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Peer } from './peer.ts'
import { builtPeer } from './slipway.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** slipway as its last release has it, built from the tag: a loss since then shows beside it. Throws where there is none. */
export function releasedPeer(): Peer {
  const tag = lastTag()
  const checkout = join(mkdtempSync(join(tmpdir(), 'slipway-released-')), 'checkout')
  git('worktree', 'add', '--detach', checkout, tag)
  process.once('exit', () => git('worktree', 'remove', '--force', checkout))
  // With this checkout's packages: what is compared is the program.
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'))
  execFileSync(process.execPath, ['scripts/build.ts'], { cwd: checkout, stdio: 'ignore' })
  return builtPeer('released', join(checkout, 'dist/cli/main.js'))
}

function lastTag(): string {
  const [tag] = git('tag', '--list', 'v*', '--sort=-version:refname').split('\n')
  if (tag) return tag
  throw new Error('there is no tag of a release in this clone')
}

function git(...args: string[]): string {
  return execFileSync('git', args, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
