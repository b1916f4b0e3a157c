import { isToldUnread, readFile } from '../files.ts'
import type { Source } from '../source.ts'
import { nodeAt } from '../yaml/node.ts'
import { isSpecFile } from './spec-file.ts'

/** A file beside the endpoints or the project's objects that holds some and is not read, for its name: `.chat.yaml`, `chat.yaml.bak`. */
export interface UnreadFile {
  path: string
  holds: Held[]
}

/** An Endpoint, or an object. */
export interface Held {
  kind: string
  name: string
}

/** As many files as people put aside. */
const MOST_FILES = 1000

/** Asked only where something is missed: everything that is not read is read for it. */
export async function unreadFiles(
  source: Source,
  folders: readonly string[],
): Promise<UnreadFile[]> {
  const left = (await Promise.all(folders.map(folder => leftOut(source, folder)))).flat()
  const found = await Promise.all(
    left.slice(0, MOST_FILES).map(async path => ({ path, holds: await heldIn(source, path) })),
  )
  return found.filter(({ holds }) => holds.length > 0)
}

async function leftOut(source: Source, folder: string): Promise<string[]> {
  const hidden = (await source.hidden?.(folder)) ?? []
  const all = [...(await source.list(folder)), ...hidden]
  return all.filter(path => !isSpecFile(path.slice(folder.length)) && !isToldUnread(path))
}

async function heldIn(source: Source, path: string): Promise<Held[]> {
  const read = await readFile(source, path)
  return (read?.file?.documents ?? []).flatMap(document => {
    const kind = nodeAt(document, ['kind'])?.value
    const name = nodeAt(document, ['metadata', 'name'])?.value
    return typeof kind === 'string' && typeof name === 'string' ? [{ kind, name }] : []
  })
}
