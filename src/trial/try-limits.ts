import { listIfAllowed, type Cluster } from '../cluster/index.ts'
import { LIMIT_RANGE, wholePodOf } from '../kinds/index.ts'
import { formatRef, refOf, type KubeObject } from '../object/index.ts'
import { problemWith, type Problem } from '../problem/index.ts'
import type { RenderedObject } from '../render/index.ts'
import { listOf } from '../words/index.ts'
import { limitFaults, type LimitedPod, type LimitFault } from './limit-ranges.ts'

/** What the LimitRanges of its namespace have against the pods of an object. */
export function faultsOfObject(object: KubeObject, ranges: readonly KubeObject[]): LimitFault[] {
  const pod: LimitedPod | undefined = wholePodOf(object)
  return pod === undefined ? [] : limitFaults(pod, ranges)
}

/** `container server: memory limit 32Gi is above the maximum 16Gi of LimitRange team-limits (32Gi is its default)`. */
export function limitFaultText({ range, text, origin }: LimitFault): string {
  return `${text} (LimitRange ${range}${origin === undefined ? '' : `; ${origin}`})`
}

/**
 * The API server takes a workload whose pods it then refuses: a LimitRange judges pods alone. Problems are at the resources of the endpoint;
 * who may not list LimitRanges gets none.
 */
export async function tryLimits(
  cluster: Cluster,
  objects: readonly RenderedObject[],
): Promise<Problem[]> {
  const names = new Set(objects.flatMap(({ object }) => object.metadata.namespace ?? []))
  const entries = await Promise.all(
    [...names].map(
      async name =>
        [name, (await listIfAllowed(cluster, { ...LIMIT_RANGE, namespace: name })) ?? []] as const,
    ),
  )
  const rangesIn = new Map(entries)
  return objects.flatMap(rendered => {
    const { object } = rendered
    const faults = faultsOfObject(object, rangesIn.get(object.metadata.namespace ?? '') ?? [])
    return faults.length === 0 ? [] : [refused(rendered, faults)]
  })
}

function refused({ object, endpoint }: RenderedObject, faults: readonly LimitFault[]): Problem {
  const resources = [...new Set(faults.map(({ resource }) => `resources.${resource}`))]
  return problemWith({
    code: 'rejected',
    message: `no pod of ${formatRef(refOf(object))} would be created: ${faults.map(limitFaultText).join('; ')}`,
    object: formatRef(refOf(object)),
    endpoint: endpoint.name,
    place: endpoint.placeOf('spec.resources'),
    remedy: `Set request and limit of ${listOf(resources)} within the LimitRange (kubectl -n ${object.metadata.namespace} describe limitrange), or have it changed.`,
  })
}
