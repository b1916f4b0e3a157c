import type { KubeObject } from '../object/index.ts'
import { failure, type SlipwayError } from '../problem/index.ts'
import { newerWriter } from './tooling.ts'

interface Damage {
  /** In the data of the parent, or among its annotations. */
  key: string
  field?: 'data' | 'annotations'
  cause: string
  /** What happens if it is discarded: `which changes no endpoint`. */
  loss: string
}

/**
 * A part of a set's record that cannot be read. Without it nobody knows whether a newer commit was applied, or what the set holds: so it
 * is no "none".
 */
export function damagedRecord(parent: KubeObject, damage: Damage): SlipwayError {
  const { key, cause, loss } = damage
  const { name, namespace = '' } = parent.metadata
  const told = { object: `ConfigMap ${namespace}/${name}`, cause: `${key}: ${cause}` }
  const newer = newerWriter(parent)
  if (newer !== undefined)
    return failure(
      'record',
      `the record was written by slipway ${newer}, and this one cannot read it`,
      {
        ...told,
        remedy: `Use slipway ${newer} or newer for this environment.`,
      },
    )
  const remove = `[{"op":"remove","path":"${pointerOf(damage)}"}]`
  return failure('record', 'the record of what was applied is damaged', {
    ...told,
    remedy:
      `Restore the ConfigMap from a backup. Or discard this part, ${loss}: ` +
      `kubectl -n ${namespace} patch configmap ${name} --type=json -p '${remove}'`,
  })
}

/** RFC 6901. */
function pointerOf({ key, field = 'data' }: Damage): string {
  return `${field === 'data' ? '/data' : '/metadata/annotations'}/${key.replaceAll('/', '~1')}`
}
