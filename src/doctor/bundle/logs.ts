import type { Cluster } from '../../cluster/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { maskText } from '../../secret/index.ts'
import { containersOf, phaseOf } from '../../status/index.ts'

/** The end of what one run of a container wrote. */
export interface ContainerLog {
  pod: string
  container: string
  /** Of the run before the present one. */
  previous: boolean
  /** It keeps ending, or has ended with an error: its last words are worth showing first. */
  crashed: boolean
  text: string
}

const LINES = 100
/** Replicas of one endpoint fail alike. */
const MOST_PODS = 5

/** Logs of all containers, of pods that are not ready before those that are; what cannot be read is left out. */
export async function readLogs(
  cluster: Cluster,
  pods: readonly KubeObject[],
): Promise<ContainerLog[]> {
  const chosen = pods.toSorted((a, b) => readiness(a) - readiness(b)).slice(0, MOST_PODS)
  const runs = chosen.flatMap(runsOf)
  const logs = await Promise.all(runs.map(run => readLog(cluster, run)))
  return logs.filter(log => log !== undefined)
}

function readiness(pod: KubeObject): number {
  return phaseOf(pod).phase === 'ready' ? 1 : 0
}

type Run = Omit<ContainerLog, 'text'> & { namespace: string }

/** Containers that have not run have no log. */
function runsOf(pod: KubeObject): Run[] {
  const { namespace = '', name } = pod.metadata
  return containersOf(pod).flatMap(container => {
    const { state, lastState, restartCount = 0 } = container.status
    const now = state?.terminated
    const before = lastState?.terminated
    const hasRun = now !== undefined || state?.running !== undefined || before !== undefined
    if (!hasRun) return []
    const crashed = [now, before].some(end => end !== undefined && end.exitCode !== 0)
    const run = { namespace, pod: name, container: container.name, crashed }
    const isAgain = restartCount > 0 || before !== undefined
    return [...(isAgain ? [{ ...run, previous: true }] : []), { ...run, previous: false }]
  })
}

async function readLog(
  cluster: Cluster,
  { namespace, ...run }: Run,
): Promise<ContainerLog | undefined> {
  const { pod, container, previous } = run
  const text = await cluster
    .logs({ namespace, pod, container, previous, tailLines: LINES })
    .catch(() => '')
  return text.trim() === '' ? undefined : { ...run, text: maskText(text.trimEnd()) }
}
