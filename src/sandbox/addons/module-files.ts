import { readFileSync } from 'node:fs'
import path from 'node:path'
import { failure } from '../../problem/index.ts'
import { findExecutable, runCommand } from '../command.ts'

/** A Go module whose version and checksum are pinned by the go.mod and go.sum of a folder. */
export interface PinnedModule {
  folder: string
  goModule: string
}

/** The version that the folder's go.mod requires. */
export function pinnedVersion({ folder, goModule }: PinnedModule): string {
  const words = readFileSync(path.join(folder, 'go.mod'), 'utf8')
    .split('\n')
    .map(line =>
      line
        .replace(/^require /, '')
        .trim()
        .split(' '),
    )
  const version = words.find(([name, word]) => name === goModule && word?.startsWith('v'))?.[1]
  if (version === undefined) throw new Error(`${goModule} is not required in ${folder}/go.mod`)
  return version
}

/**
 * The module's files in Go's module cache, downloaded if need be. Go compares them with go.sum. Throws a SlipwayError
 * (code `sandbox`) where there is no Go, or no module proxy.
 */
export async function downloadModule(
  module: PinnedModule,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (findExecutable('go') === undefined) throw noGo(module)
  const answer = await runCommand({
    file: 'go',
    args: ['mod', 'download', '-json', `${module.goModule}@${pinnedVersion(module)}`],
    cwd: module.folder,
    // The settings of a surrounding project shall not matter.
    env: { GOFLAGS: '-mod=readonly', GOWORK: 'off' },
    signal,
  })
  const { Dir }: { Dir: string } = JSON.parse(answer)
  return Dir
}

function noGo(module: PinnedModule) {
  const named = `${module.goModule} ${pinnedVersion(module)}`
  return failure('sandbox', `the files of ${named} cannot be downloaded without Go`, {
    remedy: 'Install Go 1.26 or newer (go.dev/dl) and run the command again.',
  })
}
