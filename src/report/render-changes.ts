import { isOf, isRuntime } from '../kinds/index.ts'
import { keyOf, refOf } from '../object/index.ts'
import type { ActionType, ObjectChange } from '../plan/index.ts'
import type { RenderedObject } from '../render/index.ts'
import { markStaying, type Change } from './change.ts'

/** The differences of two renders in the form of a plan's actions, so that both are shown alike. */
export function renderChanges(
  differences: readonly ObjectChange[],
  after: readonly RenderedObject[],
): Change[] {
  const desired = new Map(after.map(({ object }) => [keyOf(refOf(object)), object]))
  const added = differences.filter(({ type, ref }) => type === 'added' && isRuntime(ref))
  const isReplaced = ({ ref, endpoint }: ObjectChange) =>
    added.some(each => each.endpoint === endpoint && !isOf(each.ref, ref))
  const turning = turningOf(differences, after)
  const shown = differences.map((difference): Change => {
    const { type, ref, endpoint, changes, restartsPods } = difference
    const object = desired.get(keyOf(ref))
    const isSwitch = type === 'removed' && isRuntime(ref) && isReplaced(difference)
    return {
      type: isSwitch ? 'switch' : TYPES[type],
      ref,
      endpoint,
      changes,
      reason: '',
      restartsPods,
      ...(object === undefined ? {} : { desired: object }),
      ...stepsOf(difference, turning),
    }
  })
  return markStaying(shown, countsOf(after))
}

function countsOf(rendered: readonly RenderedObject[]): Map<string, number> {
  const groups = Map.groupBy(rendered, ({ endpoint }) => endpoint.name)
  return new Map([...groups].map(([name, group]) => [name, group.length]))
}

/** Endpoints in which one of two sets of pods goes, as a plan orders it (src/plan/decide/slots.ts). */
function turningOf(differences: readonly ObjectChange[], after: readonly RenderedObject[]) {
  const gone = differences.filter(({ type, ref }) => type === 'removed' && isRuntime(ref))
  const turning = gone.filter(({ ref, endpoint }) =>
    after.some(each => each.endpoint.name === endpoint && isOf(each.object, ref)),
  )
  return new Set(turning.map(({ endpoint }) => endpoint))
}

function stepsOf({ type, endpoint }: ObjectChange, turning: ReadonlySet<string>) {
  if (!turning.has(endpoint)) return {}
  if (type === 'removed') return { settles: true as const }
  return type === 'changed' ? { held: true as const } : {}
}

const TYPES: Record<ObjectChange['type'], ActionType> = {
  added: 'create',
  changed: 'update',
  removed: 'prune',
}
