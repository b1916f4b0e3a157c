import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { keep } from './kept.ts'

interface GoBuild {
  name: string
  /** The folder of its go.mod, which pins everything. */
  module: string
  package: string
}

/** Builds with the user's Go, once: minutes at first. */
export async function buildGo({ name, module, package: goPackage }: GoBuild): Promise<string> {
  const sources = readdirSync(module).toSorted()
  const inputs = sources.map(file => readFileSync(join(module, file)))
  return keep(name, [...inputs, process.platform, process.arch], async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-build-'))
    try {
      const output = join(folder, name)
      const args = ['build', '-trimpath', '-buildvcs=false', '-ldflags', '-s -w', '-o', output]
      const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly', GOWORK: 'off' }
      await promisify(execFile)('go', [...args, goPackage], { cwd: module, env })
      return readFileSync(output)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
}

/** The version of a module that go.mod requires. */
export function versionIn(module: string, path: string): string {
  const words = readFileSync(join(module, 'go.mod'), 'utf8')
    .split('\n')
    .map(line => line.trim().split(' '))
  return words.find(([name]) => name === path)?.[1] ?? 'unknown'
}
