import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { sha256 } from '../../scripts/release/archive.ts'

/** zizmor as test/workflows/zizmor pins it, by the hash of its wheel; kept between runs. Without a network to ask: what the files say. */
export function zizmor(args: string[]) {
  const all = ['--offline', '--no-progress', '--quiet', '--color=never', '--no-config', ...args]
  return spawnSync(installed(), all, { encoding: 'utf8' })
}

const REQUIREMENTS = resolve(import.meta.dirname, '../workflows/zizmor/requirements.txt')

function installed(): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  const folder = join(cache, 'slipway', 'zizmor', sha256(REQUIREMENTS).slice(0, 12))
  const executable = join(folder, 'bin/zizmor')
  if (existsSync(executable)) return executable
  mkdirSync(dirname(folder), { recursive: true })
  const unfinished = mkdtempSync(`${folder}.new-`)
  const pip = ['-m', 'pip', 'install', '--quiet', '--require-hashes', '--only-binary', ':all:']
  execFileSync('python3', [...pip, '--no-deps', '--target', unfinished, '-r', REQUIREMENTS])
  try {
    renameSync(unfinished, folder)
  } catch (error) {
    // Another run was faster.
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(executable)) throw error
  }
  return executable
}
