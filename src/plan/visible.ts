import { createHmac } from 'node:crypto'
import type { KubeObject } from '../object/index.ts'
import { differences } from './differences.ts'
import { isMap } from './values.ts'
import type { FieldChange } from './plan.ts'

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

/** An object without bookkeeping and status; a Secret's values are fingerprints. */
export function visible({ status: _status, metadata, ...rest }: KubeObject, key: string) {
  const shown = Object.fromEntries(
    Object.entries(metadata).filter(([name]) => !BOOKKEEPING.has(name) && name !== 'annotations'),
  )
  const object = { ...rest, metadata: { ...shown, ...withoutControllers(metadata.annotations) } }
  return rest.kind === 'Secret' ? masked(object, key) : object
}

/** Annotations that controllers and kubectl write are nobody's wish. */
function withoutControllers(annotations: Record<string, string> | undefined) {
  const kept = Object.entries(annotations ?? {}).filter(
    ([name]) => name !== LAST_APPLIED && name !== REVISION,
  )
  return kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }
}

function masked(secret: Record<string, unknown>, key: string) {
  const mask = (values: unknown) =>
    isMap(values)
      ? Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, fingerprint(String(value), key)]),
        )
      : values
  return { ...secret, data: mask(secret['data']), stringData: mask(secret['stringData']) }
}

/** Tells changed from unchanged without telling the value; keyed by the set, so that guesses cannot be looked up. */
function fingerprint(value: string, key: string): string {
  return `fingerprint:${createHmac('sha256', key).update(value).digest('hex').slice(0, 10)}`
}
