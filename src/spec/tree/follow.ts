import { posix } from 'node:path'
import { refuseLink, refuseRepository } from './refusals.ts'
import type { Entry, Tree } from './tree.ts'

export interface Start {
  /** Real path of the folder that `path` counts from. */
  from: string
  path: string
  /** As the user knows it, for messages. */
  shown: string
}

export interface Followed {
  /** Without links on the way, from the root of the tree. */
  path: string
  /** Undefined when there is nothing. */
  entry: Exclude<Entry, { type: 'link' }> | undefined
  links: FollowedLink[]
}

export interface FollowedLink {
  path: string
  target: string
  /** The link stands for the path itself, not for a folder on its way. */
  isLast: boolean
}

/** As in the Linux kernel. */
const MOST_LINKS = 40

interface Walk extends Followed {
  tree: Tree
  shown: string
  ahead: string[]
}

/**
 * Where a path leads, link by link. Refused are links that leave the tree, that are absolute (they lead elsewhere in another clone;
 * Argo CD refuses them, too), that go round in circles or lead to nothing, and what is in another repository.
 */
export async function follow(tree: Tree, { from, path, shown }: Start): Promise<Followed> {
  const walk: Walk = {
    tree,
    shown,
    ahead: segments(path),
    path: from,
    entry: { type: 'folder' },
    links: [],
  }
  // Each step says where the next one begins.
  // oxlint-disable-next-line no-await-in-loop
  while (walk.ahead.length > 0) await step(walk)
  const { entry, links } = walk
  if (entry === undefined && links.length > 0) throw refuseLink(walk, 'nothing', walk.path)
  return { path: walk.path, entry, links }
}

async function step(walk: Walk): Promise<void> {
  const name = walk.ahead.shift()
  if (name === undefined) return
  if (name === '..') return climb(walk)
  const path = posix.join(walk.path, name)
  const entry = await storedAt(walk, path)
  if (entry?.type === 'link') return turn(walk, path, entry.target)
  if (entry?.type === 'repository') throw refuseRepository(walk.shown, path)
  walk.path = path
  walk.entry = entry
  if (entry?.type === 'folder' || walk.ahead.length === 0) return
  // Below a file there is nothing.
  walk.entry = undefined
  walk.ahead = []
}

function climb(walk: Walk): void {
  if (walk.path === '') throw refuseLink(walk, 'out', walk.links.at(-1)?.target ?? '..')
  const folder = posix.dirname(walk.path)
  walk.path = folder === '.' ? '' : folder
  walk.entry = { type: 'folder' }
}

function turn(walk: Walk, path: string, target: string): void {
  walk.links.push({ path, target, isLast: walk.ahead.length === 0 })
  if (posix.isAbsolute(target)) throw refuseLink(walk, 'out', target)
  if (walk.links.length > MOST_LINKS) throw refuseLink(walk, 'circle', target)
  walk.ahead.unshift(...segments(target))
  walk.entry = { type: 'folder' }
}

/** A file may be a link that is stored as text. */
async function storedAt({ tree }: Walk, path: string): Promise<Entry | undefined> {
  const entry = await tree.entryAt(path)
  if (entry?.type !== 'file') return entry
  const target = await tree.linkInText?.(path)
  return target === undefined ? entry : { type: 'link', target }
}

function segments(path: string): string[] {
  return path.split('/').filter(name => name !== '' && name !== '.')
}
