import type { Cluster } from '../../cluster/index.ts'
import { refOf, type KubeObject } from '../../object/index.ts'
import { entriesOf, isOwn } from '../fields/entries.ts'

/**
 * An object of which nobody is written down for anything (its managedFields were cleared), as the first server-side apply would find
 * it: the API server then notes everything as held by `before-first-apply`. A dry-run of nothing asks it what that is. Every other
 * object as it is.
 */
export async function asFirstApplied(cluster: Cluster, live: KubeObject): Promise<KubeObject> {
  if (entriesOf(live).length > 0) return live
  const { apiVersion, kind, ...metadata } = refOf(live)
  const noted = await cluster.apply({ apiVersion, kind, metadata }, { dryRun: true, force: true })
  const managedFields = entriesOf(noted).filter(entry => !isOwn(entry))
  return { ...live, metadata: { ...live.metadata, managedFields } }
}
