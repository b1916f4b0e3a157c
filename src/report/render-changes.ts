import { isRuntime } from '../kinds/index.ts'
import { keyOf, refOf } from '../object/index.ts'
import type { ActionType, ObjectChange } from '../plan/index.ts'
import type { RenderedObject } from '../render/index.ts'
import { markStaying } from './change.ts'
import type { Change } from './change.ts'

/** The differences of two renders in the form of a plan's actions, so that both are shown alike. */
export function renderChanges(
  differences: readonly ObjectChange[],
  after: readonly RenderedObject[],
): Change[] {
  const desired = new Map(after.map(({ object }) => [keyOf(refOf(object)), object]))
  const added = differences.filter(({ type, ref }) => type === 'added' && isRuntime(ref))
  const continuing = new Set(added.map(({ endpoint }) => endpoint))
  const shown = differences.map(({ type, ref, endpoint, changes, restartsPods }) => {
    const object = desired.get(keyOf(ref))
    const isSwitch = type === 'removed' && isRuntime(ref) && continuing.has(endpoint)
    return {
      type: isSwitch ? 'switch' : TYPES[type],
      ref,
      endpoint,
      changes,
      reason: '',
      restartsPods,
      ...(object === undefined ? {} : { desired: object }),
    }
  })
  return markStaying(shown, countsOf(after))
}

function countsOf(rendered: readonly RenderedObject[]): Map<string, number> {
  const groups = Map.groupBy(rendered, ({ endpoint }) => endpoint.name)
  return new Map([...groups].map(([name, group]) => [name, group.length]))
}

const TYPES: Record<ObjectChange['type'], ActionType> = {
  added: 'create',
  changed: 'update',
  removed: 'prune',
}
