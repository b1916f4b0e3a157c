import type { Problem } from '../../problem/index.ts'
import { unitNames } from '../objects/units.ts'
import type { EndpointSet } from '../set.ts'
import type { Held } from './unread.ts'

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
