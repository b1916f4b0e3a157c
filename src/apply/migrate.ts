import { FIELD_MANAGER, refOf } from '../object/index.ts'
import type { ManagedFieldsEntry } from '../object/index.ts'
import type { Action } from '../plan/index.ts'
import type { Run } from './run.ts'
import { whileStale } from './while-stale.ts'

/**
 * Moves the fields of earlier managers to our own entry, so that what git does not say goes with the next apply.
 * The replacement is guarded by resourceVersion; an empty list must be written as [{}] (Flux pkg/ssa, patch.go).
 */
export async function migrateManagers(run: Run, action: Action): Promise<void> {
  await whileStale(() => migrateOnce(run, action))
}

async function migrateOnce({ cluster }: Run, { ref, migrate = [] }: Action): Promise<void> {
  const live = await cluster.get(ref)
  if (live === undefined) return
  const { resourceVersion, managedFields = [] } = live.metadata
  await cluster.patch(refOf(live), {
    type: 'json',
    operations: [
      { op: 'replace', path: '/metadata/managedFields', value: migrated(managedFields, migrate) },
      { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion },
    ],
  })
}

/** Their entries become one of ours, with all that they and we hold. */
export function migrated(
  entries: readonly ManagedFieldsEntry[],
  managers: readonly string[],
): ManagedFieldsEntry[] {
  const own = entries.find(isOurs)
  const [first = own, ...rest] = entries.filter(entry => moves(entry, managers))
  if (first === undefined) return [...entries]
  const target = own ?? { ...first, manager: FIELD_MANAGER, operation: 'Apply' as const }
  const moved = [first, ...rest].filter(entry => entry.apiVersion === target.apiVersion)
  const fieldsV1 = moved.reduce<Fields>(
    (all, entry) => union(all, entry.fieldsV1 ?? {}),
    target.fieldsV1 ?? {},
  )
  const others = entries.filter(entry => entry !== own && !moved.includes(entry))
  return [...others, { ...target, fieldsV1 }]
}

function isOurs({ manager, operation, subresource }: ManagedFieldsEntry): boolean {
  return manager === FIELD_MANAGER && operation === 'Apply' && subresource === undefined
}

function moves(entry: ManagedFieldsEntry, managers: readonly string[]): boolean {
  const { manager = '', operation, subresource } = entry
  return managers.includes(manager) && operation === 'Update' && subresource === undefined
}

type Fields = Record<string, unknown>

function union(a: Fields, b: Fields): Fields {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return Object.fromEntries(
    [...names].map(name => [name, union((a[name] ?? {}) as Fields, (b[name] ?? {}) as Fields)]),
  )
}
