import { isWorkload, waveRank } from '../kinds/index.ts'
import {
  APPLYSET,
  compareText,
  formatRef,
  keyOf,
  refOf,
  type KubeObject,
  type ObjectRef,
} from '../object/index.ts'
import type { RenderedObject } from '../render/index.ts'
import type { FieldChange } from './action.ts'
import { restartsPods } from './decide/restarts.ts'
import { visibleChanges } from './fields/visible.ts'

/** One object's difference between two renders: no cluster is asked. */
export interface ObjectChange {
  type: 'added' | 'removed' | 'changed'
  ref: ObjectRef
  endpoint: string
  changes: FieldChange[]
  restartsPods: boolean
}

/** What changes between two renders, in the order of waves. */
export function compareRenders(
  before: readonly RenderedObject[],
  after: readonly RenderedObject[],
): ObjectChange[] {
  const old = byKey(before)
  const fresh = byKey(after)
  const keys = new Set([...old.keys(), ...fresh.keys()])
  return [...keys]
    .flatMap(key => compare(old.get(key), fresh.get(key)))
    .toSorted(
      (a, b) =>
        waveRank(a.ref) - waveRank(b.ref) || compareText(formatRef(a.ref), formatRef(b.ref)),
    )
}

function byKey(objects: readonly RenderedObject[]): Map<string, RenderedObject> {
  return new Map(objects.map(rendered => [keyOf(refOf(rendered.object)), rendered]))
}

function compare(
  before: RenderedObject | undefined,
  after: RenderedObject | undefined,
): ObjectChange[] {
  const shown = after ?? before
  if (shown === undefined) return []
  const ref = refOf(shown.object)
  const endpoint = shown.endpoint.name
  if (before === undefined)
    return [{ type: 'added', ref, endpoint, changes: [], restartsPods: false }]
  if (after === undefined)
    return [{ type: 'removed', ref, endpoint, changes: [], restartsPods: isWorkload(ref) }]
  const changes = visibleChanges(before.object, after.object, fingerprintKey(after.object))
  if (changes.length === 0) return []
  return [
    { type: 'changed', ref, endpoint, changes, restartsPods: restartsPods(after.object, changes) },
  ]
}

/** Both renders are of one set; its label keys the fingerprints. */
function fingerprintKey({ metadata }: KubeObject): string {
  return metadata.labels?.[APPLYSET.partOf] ?? ''
}
