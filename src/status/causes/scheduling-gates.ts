import { listOf } from '../../words/index.ts'
import type { Pod } from '../shapes.ts'

/** Who keeps a pod from the scheduler, and where they say why: https://kueue.sigs.k8s.io/docs/tasks/run/plain_pods/ */
const KEEPERS: [gate: RegExp, remedy: (namespace: string) => string][] = [
  [
    /^kueue\.x-k8s\.io\//,
    namespace =>
      `Kueue has not admitted it: the conditions of its Workload say what it waits for (kubectl -n ${namespace} describe workloads); raise the quota of its ClusterQueue, free some of it, or correct the label kueue.x-k8s.io/queue-name (kubectl -n ${namespace} get localqueues)`,
  ],
]

/** What it waits for that is held by a scheduling gate; undefined where it is not. */
export function gateOf(
  message: string,
  { metadata, spec }: Pod,
): { wanted: string; remedy: string } | undefined {
  if (!/SchedulingGated|scheduling gates/.test(message)) return undefined
  const gates = (spec?.['schedulingGates'] ?? []) as { name: string }[]
  const names = gates.map(({ name }) => name)
  const [, remedyFor] = KEEPERS.find(([gate]) => names.some(name => gate.test(name))) ?? []
  return {
    wanted: `its scheduling gate ${names.length === 0 ? '' : `${listOf(names)} `}to be removed`,
    remedy:
      remedyFor?.(metadata.namespace ?? 'default') ??
      'look at what put the gate on it (a queue such as Kueue)',
  }
}
