import { summed, type KubeObject } from '../../object/index.ts'
import type { Patient } from '../finding.ts'
import { ownPodsOf, resourcesOf, wantedBy, type PodSpec } from '../workloads.ts'

/** Pods that come (counted positive) or are there already (negative). */
export interface Change {
  podSpec: PodSpec
  count: number
  resources: Map<string, number>
}

/** What the set brings beyond the pods that it has. */
export function changesIn(
  { objects }: Patient,
  namespace: string,
  pods: readonly KubeObject[],
): Change[] {
  const isOwn = ownPodsOf(objects)
  const coming = wantedBy(objects).filter(wanted => wanted.namespace === namespace)
  const own = pods.filter(pod => isOwn(pod) && !hasEnded(pod))
  return [
    ...coming.map(({ podSpec, pods: count, resources }) => ({ podSpec, count, resources })),
    ...own.map(pod => {
      const podSpec = (pod['spec'] ?? {}) as PodSpec
      const resources = new Map([...resourcesOf(podSpec)].map(([name, value]) => [name, -value]))
      return { podSpec, count: -1, resources }
    }),
  ]
}

/** No quota counts it any more. */
function hasEnded({ status }: KubeObject): boolean {
  const { phase } = (status ?? {}) as { phase?: string }
  return phase === 'Succeeded' || phase === 'Failed'
}

/** What a quota that counts them will have to give beyond what it gives now. */
export function additional(changes: readonly Change[]): Map<string, number> {
  return summed(changes.flatMap(({ count, resources }) => [['pods', count], ...resources]))
}
