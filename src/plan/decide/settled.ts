import type { Cluster } from '../../cluster/index.ts'
import { equalValues, isMap, refOf, type KubeObject, type ObjectMeta } from '../../object/index.ts'
import { withoutEarlier } from './takeover.ts'

/**
 * What an apply makes of the live object once the earlier managers' fields are ours: what only they hold goes, and the API server
 * puts its defaults where they were. It is asked by a dry-run upon the live object itself, so that nothing of it is in the way.
 */
export async function settled(
  { cluster, takeFields }: { cluster: Cluster; takeFields: boolean },
  live: KubeObject,
  applied: KubeObject,
): Promise<KubeObject> {
  const left = withoutEarlier(applied, takeFields)
  if (left === applied || equalValues(left, applied)) return applied
  const { metadata, ...content } = await tryContent(cluster, live, left)
  // Who holds what is as the apply would leave it.
  return { ...content, metadata: withEntriesOf(metadata, applied) }
}

function withEntriesOf(
  metadata: ObjectMeta,
  { metadata: { managedFields } }: KubeObject,
): ObjectMeta {
  return managedFields === undefined ? metadata : { ...metadata, managedFields }
}

/** The live object with another content, as the API server would complete it. */
export function tryContent(
  cluster: Cluster,
  live: KubeObject,
  content: KubeObject,
): Promise<KubeObject> {
  const operations = [
    ...membersOf(live, content, '', CONTENT),
    ...membersOf(live.metadata, content.metadata, '/metadata', METADATA),
  ]
  return cluster.patch(refOf(live), { type: 'json', operations }, { dryRun: true })
}

const CONTENT = (name: string) => !['apiVersion', 'kind', 'metadata', 'status'].includes(name)
const METADATA = (name: string) => ['labels', 'annotations'].includes(name)

function membersOf(
  before: object,
  after: object,
  path: string,
  isMeant: (name: string) => boolean,
): object[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(isMeant)
  return names.flatMap(name => {
    const [old, fresh] = [valueIn(before, name), valueIn(after, name)]
    const at = { path: `${path}/${name}` }
    if (equalValues(old, fresh)) return []
    return fresh === undefined ? { op: 'remove', ...at } : { op: 'add', ...at, value: fresh }
  })
}

function valueIn(object: object, name: string): unknown {
  return isMap(object) ? object[name] : undefined
}
