import { isServerless } from '../../spec/index.ts'
import { KSERVE, isKserve } from '../../kinds/index.ts'
import { at, number, type KubeObject } from '../../object/index.ts'
import { parseSeconds } from '../../words/index.ts'
import type { Pods } from './pods.ts'
import { nameOfContainer } from './ports.ts'
import { nameOf, type Finding, type Findings, type Rule } from './rule.ts'

/** One load budget: nothing gives up on a pod while its model may still be loading. */
export const loadBudget: Rule = {
  id: 'load-budget',
  find: view => view.pods.map(pods => [killedWhileLoading(pods), deadlineTooEarly(pods)]),
}

/** The startup probe holds the liveness probe off; without one, liveness itself must wait. */
function killedWhileLoading({ workload, endpoint, server }: Pods): Findings {
  const { loadTime } = endpoint.spec
  const probe = ['startupProbe', 'livenessProbe'].find(name => server?.[name] !== undefined)
  if (server === undefined || probe === undefined) return []
  const patience = windowOf(server[probe])
  if (patience >= loadTime) return []
  const deliberate = probe === 'startupProbe'
  return {
    rendering: workload,
    field: 'spec.loadTime',
    ...(deliberate ? { severity: 'warning' as const } : {}),
    message: `the ${probe} of ${nameOf(workload)} kills container ${nameOfContainer(server)} after ${patience} s, and the model may take ${loadTime} s to load`,
    cause: 'A slow load would end in a crash loop.',
    remedy: deliberate
      ? `Set spec.loadTime to ${patience}s, or leave failures out of probes.startup.`
      : 'Leave out probes.startup: false, or lower spec.loadTime.',
  }
}

function deadlineTooEarly(pods: Pods): Findings {
  const { workload, endpoint, server } = pods
  const startup = server?.['startupProbe']
  const longest = startup === undefined ? endpoint.spec.loadTime : windowOf(startup)
  const deadline = deadlineOf(pods)
  if (longest <= deadline.seconds) return []
  return {
    ...deadline.verdict,
    rendering: workload,
    field: 'spec.loadTime',
    message: `the model of ${nameOf(workload)} may take ${longest} s to load, and its rollout counts as failed after ${deadline.seconds} s`,
  }
}

type Verdict = Pick<Finding, 'cause' | 'remedy' | 'severity' | 'isSaidOfSpec'>

function deadlineOf({ workload }: Pods): { seconds: number; verdict: Verdict } {
  const { object, endpoint } = workload
  if (!isKserve(object)) {
    const seconds = number(at(object, 'spec', 'progressDeadlineSeconds')) ?? 600
    const remedy = 'Leave progressDeadlineSeconds as it is rendered: it follows from spec.loadTime.'
    return { seconds, verdict: { remedy } }
  }
  if (isServerless(endpoint)) return deadlineOfRevision(object)
  const seconds = KSERVE.progressDeadlineSeconds
  const cause = 'An InferenceService cannot change the deadline of KServe’s Deployment.'
  const remedy = 'Use runtime: deployment, or load within ten minutes.'
  return { seconds, verdict: { cause, remedy, severity: 'warning', isSaidOfSpec: true } }
}

/** Knative takes the pods of a revision away that are not ready by then. */
function deadlineOfRevision({ metadata }: KubeObject): { seconds: number; verdict: Verdict } {
  const said = metadata.annotations?.[KSERVE.knativeDeadline]
  const seconds = said === undefined ? KSERVE.progressDeadlineSeconds : parseSeconds(said)
  const cause = 'Knative takes the pods of a revision away that are not ready by then.'
  const remedy = `Leave annotation ${KSERVE.knativeDeadline} out: it follows from spec.loadTime.`
  return { seconds: seconds ?? Infinity, verdict: { cause, remedy, severity: 'warning' } }
}

/** Seconds until the kubelet gives up, by the API's own defaults where a field is missing. */
function windowOf(probe: unknown): number {
  const initial = number(at(probe, 'initialDelaySeconds')) ?? 0
  const period = number(at(probe, 'periodSeconds')) ?? 10
  return initial + period * (number(at(probe, 'failureThreshold')) ?? 3)
}
