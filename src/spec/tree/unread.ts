import type { Problem } from '../../problem/index.ts'
import { isToldUnread, readFile } from '../files.ts'
import { unitNames } from '../objects/units.ts'
import type { EndpointSet } from '../set.ts'
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

/** What is no longer rendered, and of which endpoint it was. */
interface Gone {
  ref: Held
  endpoint: string
}

/** That some of it goes because the file that holds it is not read: one that was put aside under another name is most likely not meant to delete. */
export async function goneUnread(set: EndpointSet, gone: readonly Gone[]): Promise<Problem[]> {
  if (gone.length === 0) return []
  const names = new Set(unitNames(set))
  const keys = new Set(
    gone.flatMap(({ ref, endpoint }) => [
      keyOf(ref),
      ...(names.has(endpoint) ? [] : [keyOf({ kind: 'Endpoint', name: endpoint })]),
    ]),
  )
  const files = (await set.unreadFiles?.()) ?? []
  return files.flatMap(({ path, holds }) =>
    holds.filter(held => keys.has(keyOf(held))).map(held => problemOf(path, held)),
  )
}

const keyOf = ({ kind, name }: Held) => `${kind}/${name}`

function problemOf(file: string, { kind, name }: Held): Problem {
  return {
    code: 'unread-file',
    severity: 'warning',
    place: { file, line: 1, column: 1 },
    message: `${file} is not read, and the ${kind} ${name} in it is deleted for that`,
    cause:
      'Only files are read whose names end in .yaml or .yml, and neither they nor their folders begin with a dot.',
    remedy: `To keep ${name}, give the file such a name. To delete it, delete the file, too.`,
  }
}
