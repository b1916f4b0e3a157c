import { posix } from 'node:path'
import { compareText } from '../../object/index.ts'
import type { Seen, Source } from '../source.ts'
import { follow, type Followed, type Start } from './follow.ts'
import { NO_FILE, refuseLink, unreadable } from './refusals.ts'
import { isYaml } from './spec-file.ts'
import type { Entry, Tree } from './tree.ts'

interface Opened {
  tree: Tree
  prefix: string
  seen: ReturnType<typeof nothingSeen>
}

/** A project in a tree, in the folder `prefix` ('' for the root). What is read is noted. */
export function openTree(
  tree: Tree,
  { prefix, description }: { prefix: string; description: string },
): Source {
  const opened: Opened = { tree, prefix, seen: nothingSeen(prefix) }
  return {
    description,
    list: async folder => (await listFrom(opened, folder)).toSorted(compareText),
    hidden: async folder =>
      hiddenBelow(tree, posix.join(prefix, folder).replace(/^\.$/, ''), folder),
    read: async path => readFrom(opened, path),
    seen: () => opened.seen,
  }
}

function nothingSeen(prefix: string) {
  return {
    prefix,
    files: new Map<string, Uint8Array>(),
    links: new Map<string, string>(),
    folders: new Set<string>(),
    absent: new Set<string>(),
    reached: new Set<string>(),
    behind: new Map<string, string[]>(),
  } satisfies Seen
}

async function readFrom(opened: Opened, path: string): Promise<Uint8Array | undefined> {
  const { tree, seen, prefix } = opened
  const shown = posix.normalize(path)
  const { entry, path: real, links } = await go(opened, { from: prefix, path, shown })
  if (entry === undefined) return undefined
  if (entry.type !== 'file') throw unreadable(shown, NO_FILE)
  const bytes = await tree.read(real, shown)
  seen.files.set(real, bytes)
  const standIns = links.filter(({ isLast }) => isLast).map(link => link.path)
  seen.behind.set(shown, [...standIns, real])
  return bytes
}

/** Follows, and notes the way. A path that climbs out of the project by itself is refused. */
async function go({ tree, seen }: Opened, start: Start): Promise<Followed> {
  const { shown } = start
  if (/^\.\.(\/|$)/.test(shown))
    throw refuseLink({ tree: { boundary: 'project' }, shown }, 'out', shown)
  const found = await follow(tree, start)
  for (const { path, target } of found.links) seen.links.set(path, target)
  if (found.links.length > 0) seen.reached.add(found.path)
  if (found.entry === undefined) seen.absent.add(found.path)
  return found
}

async function listFrom(opened: Opened, folder: string): Promise<string[]> {
  const shown = posix.normalize(folder === '' ? '.' : folder)
  const { entry, path } = await go(opened, { from: opened.prefix, path: folder, shown })
  if (entry?.type !== 'folder') return []
  return listBelow(opened, { shown: shown === '.' ? '' : shown, real: path, above: [] })
}

interface Folder {
  /** As the user knows it. */
  shown: string
  real: string
  /** The real folders on the way here: a link to one of them is no endless loop. */
  above: readonly string[]
}

async function listBelow(opened: Opened, folder: Folder): Promise<string[]> {
  const { real, above } = folder
  if (above.includes(real)) return []
  opened.seen.folders.add(real)
  const paths: string[] = []
  for (const [name, entry] of await opened.tree.entriesIn(real)) {
    if (name.startsWith('.')) continue
    // oxlint-disable-next-line no-await-in-loop
    paths.push(...(await listEntry(opened, folder, { name, entry })))
  }
  return paths
}

/** Links are not followed: these files are only told of. */
async function hiddenBelow(
  tree: Tree,
  real: string,
  shown: string,
  isHidden = false,
): Promise<string[]> {
  const paths: string[] = []
  for (const [name, { type }] of await tree.entriesIn(real)) {
    if (name === '.git') continue
    const path = posix.join(shown, name)
    const isBehind = isHidden || name.startsWith('.')
    // oxlint-disable-next-line no-await-in-loop
    const below =
      type === 'folder' ? await hiddenBelow(tree, posix.join(real, name), path, isBehind) : []
    paths.push(...below)
    if (type === 'file' && isBehind) paths.push(path)
  }
  return paths
}

async function listEntry(
  opened: Opened,
  { shown, real, above }: Folder,
  { name, entry }: { name: string; entry: Entry },
): Promise<string[]> {
  const path = posix.join(shown, name)
  // Whether a YAML file is a link in text is found out when it is read.
  if (entry.type === 'file' && isYaml(name)) return [path]
  const isOther = entry.type === 'other'
  const found = isOther ? undefined : await go(opened, { from: real, path: name, shown: path })
  if (found?.entry?.type === 'file') return [path]
  // Passed over, it would be an endpoint less.
  const isNoFile = isOther || found?.entry?.type === 'other'
  if (isNoFile && isYaml(name)) throw unreadable(path, NO_FILE)
  if (found?.entry?.type !== 'folder') return []
  return listBelow(opened, { shown: path, real: found.path, above: [...above, real] })
}
