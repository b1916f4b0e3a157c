import { lstat, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { repositoryPaths, type Checkout } from './checkout.ts'
import { differences } from './differences.ts'

/**
 * Those of some files (of the project) that are on disk and not as in HEAD, by content: git status passes over ignored files and
 * those that are assumed unchanged, and a command of git's would write over them.
 */
export async function hiddenEdits(checkout: Checkout, paths: readonly string[]): Promise<string[]> {
  const files = new Map<string, Uint8Array>()
  const links = new Map<string, string>()
  for (const path of repositoryPaths(checkout, paths)) {
    const place = join(checkout.root, path)
    // oxlint-disable-next-line no-await-in-loop
    const stats = await lstat(place).catch(() => undefined)
    // oxlint-disable-next-line no-await-in-loop
    if (stats?.isFile()) files.set(path, await readFile(place))
    // oxlint-disable-next-line no-await-in-loop
    if (stats?.isSymbolicLink()) links.set(path, await readlink(place))
  }
  const none = new Set<string>()
  const seen = { files, links, folders: none, absent: none, reached: none }
  const found = await differences(checkout, {
    revision: 'HEAD',
    seen: { ...seen, prefix: checkout.prefix, behind: new Map() },
  })
  return found.map(({ path }) => path)
}
