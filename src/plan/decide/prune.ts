import {
  ENDPOINT_LABEL,
  FIELD_MANAGER,
  keyOf,
  PRUNE_ANNOTATION,
  refOf,
  controllerOf,
  type KubeObject,
} from '../../object/index.ts'
import type { LiveSet } from '../observe/live.ts'

/** Why a live object of the set that is not desired stays, or that it goes. */
export type PruneVerdict = { prune: true } | { prune: false; reason: string; report: boolean }

/** Live objects that carry the set's label and are not desired. */
export function orphans(
  live: Pick<LiveSet, 'objects'>,
  desiredKeys: ReadonlySet<string>,
): KubeObject[] {
  const beside: KubeObject[] = []
  const desiredUids = new Set<string | undefined>()
  for (const object of live.objects) {
    if (desiredKeys.has(keyOf(refOf(object)))) desiredUids.add(object.metadata.uid)
    else beside.push(object)
  }
  return beside.filter(({ metadata }) => !desiredUids.has(metadata.uid))
}

/** A label alone is no licence: controllers copy labels to what they make, and people copy manifests. */
export function pruneVerdict(object: KubeObject): PruneVerdict {
  const { annotations, managedFields } = object.metadata
  if (controllerOf(object) !== undefined)
    return { prune: false, reason: 'a controller owns it', report: false }
  if (managedFields?.some(entry => entry.manager === FIELD_MANAGER) !== true)
    return { prune: false, reason: 'slipway never applied it: the label was copied', report: true }
  if (annotations?.[PRUNE_ANNOTATION] === 'disabled')
    return { prune: false, reason: `annotation ${PRUNE_ANNOTATION}: disabled`, report: true }
  return { prune: true }
}

export function endpointOf(object: KubeObject): string {
  return object.metadata.labels?.[ENDPOINT_LABEL] ?? ''
}
