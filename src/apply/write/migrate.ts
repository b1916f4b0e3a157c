import { refOf } from '../../object/index.ts'
import { asFirstApplied, takenOver, type Action } from '../../plan/index.ts'
import type { Run } from '../run.ts'
import { whileStale } from './while-stale.ts'

/**
 * Moves the fields of earlier managers to our own entry, so that what git does not say goes with the next apply. The
 * replacement is guarded by resourceVersion.
 */
export async function migrateManagers(run: Run, action: Action): Promise<void> {
  await whileStale(() => migrateOnce(run, action))
}

async function migrateOnce({ cluster }: Run, { ref, migrate = [] }: Action): Promise<void> {
  const found = await cluster.get(ref)
  if (found === undefined) return
  const live = await asFirstApplied(cluster, found)
  const { resourceVersion } = live.metadata
  await cluster.patch(refOf(live), {
    type: 'json',
    operations: [
      { op: 'add', path: '/metadata/managedFields', value: takenOver(live, migrate) },
      { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion },
    ],
  })
}
