import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { findExecutable, runCommand } from '../command.ts'
import { BUILD_FLAGS, linkerFlags, moduleFolder, type Binary, type Module } from './catalogue.ts'

export interface BuildOptions {
  /** Where the finished binaries go. */
  folder: string
  signal?: AbortSignal | undefined
  onProgress: (message: string) => void
}

const PROGRESS_EVERY_SECONDS = 15

export function hasGo(): boolean {
  return findExecutable('go') !== undefined
}

/** Neither a C compiler nor the settings of a surrounding project shall matter. */
export const GO_ENVIRONMENT = { CGO_ENABLED: '0', GOFLAGS: '-mod=readonly', GOWORK: 'off' }

/** Builds binaries of one module with the user's Go. They appear in the folder only when they are complete. */
export async function buildBinaries(
  module: Module,
  binaries: readonly Binary[],
  { folder, signal, onProgress }: BuildOptions,
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const output = mkdtempSync(`${folder}.build-`)
  const stopTelling = tellElapsed(module, binaries, onProgress)
  try {
    await goBuild(module, binaries, { output, signal })
    for (const binary of binaries) {
      renameSync(path.join(output, builtName(binary)), path.join(folder, binary.name))
    }
  } finally {
    stopTelling()
    rmSync(output, { recursive: true, force: true })
  }
}

async function goBuild(
  module: Module,
  binaries: readonly Binary[],
  { output, signal }: { output: string; signal: AbortSignal | undefined },
): Promise<void> {
  const packages = binaries.map(({ goPackage }) => goPackage)
  const flags = [...BUILD_FLAGS, '-ldflags', linkerFlags(module), '-o', `${output}/`]
  await runCommand({
    file: 'go',
    args: ['build', ...flags, ...packages],
    cwd: moduleFolder(module),
    env: GO_ENVIRONMENT,
    signal,
  })
}

// `go build -o folder/` names a binary by the last part of its package that is not a major version.
function builtName({ goPackage }: Binary): string {
  return path.posix.basename(goPackage.replace(/\/v\d+$/, ''))
}

function tellElapsed(
  module: Module,
  binaries: readonly Binary[],
  onProgress: (message: string) => void,
): () => void {
  const names = `${binaries.map(({ name }) => name).join(', ')} of ${moduleTitle(module)}`
  const expected = `about ${spoken(module.expectedSeconds)} on 2 cores from empty caches`
  onProgress(`building ${names} with Go (${expected})`)
  const started = Date.now()
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000)
    onProgress(`still building ${names}: ${spoken(seconds)} so far`)
  }, PROGRESS_EVERY_SECONDS * 1000)
  return () => clearInterval(timer)
}

/** Such as `k8s.io/kubernetes v1.37.2`. */
export function moduleTitle({ goModule, version }: Module): string {
  return `${goModule} ${version}`
}

function spoken(seconds: number): string {
  return seconds < 100 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
