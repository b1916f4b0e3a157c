import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** Packs the package as `npm publish` would and has publint and attw look at what is in it. */

const ROOT = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'slipway-package-'))

try {
  run('npm', ['pack', '--silent', '--pack-destination', folder])
  const [tarball = ''] = readdirSync(folder)
  run('publint', ['run', '--strict', join(folder, tarball)])
  run('attw', ['--profile', 'esm-only', join(folder, tarball)])
} catch {
  // The tool has said why.
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function run(command: string, args: string[]): void {
  execFileSync(command, args, { cwd: ROOT, stdio: 'inherit' })
}
