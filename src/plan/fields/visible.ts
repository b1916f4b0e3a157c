import type { KubeObject } from '../../object/index.ts'
import { fingerprints, maskContents } from '../../secret/index.ts'
import { differences } from './differences.ts'
import type { FieldChange } from '../action.ts'

/** The changes that people are shown between two states of one object: bookkeeping and status aside, secrets as fingerprints. */
export function visibleChanges(before: KubeObject, after: KubeObject, key: string): FieldChange[] {
  return differences(visible(before, key), visible(after, key))
}

const BOOKKEEPING = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
  'finalizers',
])
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const REVISION = 'deployment.kubernetes.io/revision'

/** An object without bookkeeping and status; secrets in it are fingerprints, wherever they are. */
export function visible({ status: _status, metadata, ...rest }: KubeObject, key: string) {
  const shown = Object.fromEntries(
    Object.entries(metadata).filter(([name]) => !BOOKKEEPING.has(name) && name !== 'annotations'),
  )
  const object = { ...rest, metadata: { ...shown, ...withoutControllers(metadata.annotations) } }
  return maskContents(object, fingerprints(key))
}

/** Annotations that controllers and kubectl write are nobody's wish. */
function withoutControllers(annotations: Record<string, string> | undefined) {
  const kept = Object.entries(annotations ?? {}).filter(
    ([name]) => name !== LAST_APPLIED && name !== REVISION,
  )
  return kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }
}
