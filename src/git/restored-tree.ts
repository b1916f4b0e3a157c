import type { Entry, Tree } from '../spec/index.ts'

/** One tree in which some files and folders are as in another: what a rollback of these leads to. */
export function restoredTree(now: Tree, then: Tree, paths: readonly string[]): Tree {
  const isRestored = (path: string) =>
    paths.some(each => path === each || path.startsWith(`${each}/`))
  const holdsRestored = (path: string) => paths.some(each => each.startsWith(`${path}/`))
  const entryAt = async (path: string): Promise<Entry | undefined> => {
    if (isRestored(path)) return then.entryAt(path)
    const entry = await now.entryAt(path)
    if (entry !== undefined || !holdsRestored(path)) return entry
    const before = await then.entryAt(path)
    return before?.type === 'folder' ? before : undefined
  }
  return {
    boundary: now.boundary,
    entryAt,
    entriesIn: async folder => {
      const [ours, theirs] = await Promise.all([now.entriesIn(folder), then.entriesIn(folder)])
      const found = new Map<string, Entry>()
      for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
        // oxlint-disable-next-line no-await-in-loop
        const entry = await entryAt(folder === '' ? name : `${folder}/${name}`)
        if (entry !== undefined) found.set(name, entry)
      }
      return found
    },
    read: async (path, shown) => (isRestored(path) ? then : now).read(path, shown),
  }
}
