import { JOB, LLM_INFERENCE_SERVICE, POD, isKserve, isOf } from '../kinds/index.ts'
import { unbrought } from './kserve/admission.ts'
import { withServing } from './kserve/traffic.ts'
import { admissionChanged } from './causes/admission-changed.ts'
import { configError } from './causes/config-error.ts'
import type { Cause, PodCause } from './causes/cause.ts'
import { containerStart } from './causes/container-start.ts'
import { crashLoop } from './causes/crash-loop.ts'
import { endedAgain } from './causes/ended-again.ts'
import { evicted } from './causes/evicted.ts'
import { imagePull } from './causes/image-pull.ts'
import { endingBefore } from './causes/ending-before.ts'
import { initContainer } from './causes/init-container.ts'
import { knativeRevision } from './causes/knative-revision.ts'
import { kserveController } from './causes/kserve-controller.ts'
import { kserveLegacyMode } from './causes/kserve-legacy-mode.ts'
import { kserveReconcile } from './causes/kserve-reconcile.ts'
import { kserveStopped } from './causes/kserve-stopped.ts'
import { kserveUnfinished } from './causes/kserve-unfinished.ts'
import { llmUnfinished } from './causes/llm-unfinished.ts'
import { limitDefault } from './causes/limit-default.ts'
import { limitRange } from './causes/limit-range.ts'
import { nodeNotReady } from './causes/node-not-ready.ts'
import { outOfMemory } from './causes/out-of-memory.ts'
import { podRefused } from './causes/pod-refused.ts'
import { podSandbox } from './causes/pod-sandbox.ts'
import { podSecurity } from './causes/pod-security.ts'
import { probe } from './causes/probe.ts'
import { progressDeadline } from './causes/progress-deadline.ts'
import { quota } from './causes/quota.ts'
import { readinessGate } from './causes/readiness-gate.ts'
import { resourceClaim } from './causes/resource-claim.ts'
import { unschedulable } from './causes/unschedulable.ts'
import { volumeClaim } from './causes/volume-claim.ts'
import { volumeHeld } from './causes/volume-held.ts'
import { volumeMount } from './causes/volume-mount.ts'
import { warned } from './causes/warned.ts'
import { webhook } from './causes/webhook.ts'
import { maskText } from '../secret/index.ts'
import { isReady } from './containers.ts'
import { dated, type Inquiry } from './inquiry.ts'
import { unobserved } from './observed.ts'
import type { Pod, Workload } from './shapes.ts'
import { newestPods } from './tree.ts'
import type { Diagnosis } from './verdict.ts'
import { listOf } from '../words/index.ts'

/** What an object's own controller says of it. */
const OF_OBJECT: Cause[] = [kserveStopped, kserveReconcile, admissionChanged, endedAgain]

/** Why no pod comes to be, the exact ones before the general one. */
const REFUSALS: Cause[] = [webhook, quota, podSecurity, limitRange, limitDefault, podRefused]

/** What is wrong with a pod, the most specific first: what ends a container before what merely follows from it. */
const IN_PODS: PodCause[] = [
  evicted,
  nodeNotReady,
  volumeHeld,
  volumeClaim,
  resourceClaim,
  unschedulable,
  volumeMount,
  podSandbox,
  initContainer,
  imagePull,
  configError,
  containerStart,
  outOfMemory,
  probe,
  crashLoop,
  readinessGate,
]

/** What remains when nothing more specific was found. */
const AT_LAST: Cause[] = [
  endingBefore,
  kserveLegacyMode,
  kserveController,
  progressDeadline,
  knativeRevision,
  kserveUnfinished,
  llmUnfinished,
]

/**
 * Why an object is not ready: every cause that was found, the most specific first; empty when nothing is known to be
 * wrong. Only the newest pods are looked at, never those of an earlier revision.
 */
export function explain(question: Inquiry): Diagnosis[] {
  const inquiry = dated(question)
  const [first, ...others] = diagnosesOf(inquiry)
  return first === undefined ? [] : [meanwhile(first, inquiry), ...others].map(masked)
}

/** Knative takes requests away from a revision only when the next one is ready. */
function meanwhile(diagnosis: Diagnosis, inquiry: Inquiry): Diagnosis {
  return isKserve(inquiry.object) ? withServing(diagnosis, inquiry) : diagnosis
}

/** Events and logs are free text. */
function masked(diagnosis: Diagnosis): Diagnosis {
  const { summary, evidence } = diagnosis
  return { ...diagnosis, summary: maskText(summary), evidence: evidence.map(maskText) }
}

function diagnosesOf(inquiry: Inquiry): Diagnosis[] {
  const known = knownOf(inquiry)
  return known.length > 0 ? known : find([warned], inquiry)
}

function knownOf(inquiry: Inquiry): Diagnosis[] {
  const own = find(OF_OBJECT, inquiry)
  if (isBehind(inquiry)) return [...own, ...find(AT_LAST, inquiry)]
  const refused = find(REFUSALS, inquiry).slice(0, 1)
  return [...own, ...refused, ...podDiagnoses(inquiry), ...find(AT_LAST, inquiry)]
}

/** All that is wrong with one pod; empty when it is ready or on its way out. */
export function explainPod(pod: Pod, inquiry: Inquiry): Diagnosis[] {
  if (isReady(pod) || pod.metadata.deletionTimestamp !== undefined) return []
  return IN_PODS.map(cause => cause(pod, inquiry)).filter(found => found !== undefined)
}

function find(causes: Cause[], inquiry: Inquiry): Diagnosis[] {
  return causes.map(cause => cause(inquiry)).filter(found => found !== undefined)
}

/** Until the controllers have taken up what was written, the newest pods in view are of the revision before. */
function isBehind(inquiry: Inquiry): boolean {
  const { object } = inquiry
  if (isKserve(object)) return unbrought(inquiry) !== undefined
  // Of an LLMInferenceService older versions of KServe do not say it.
  const isUncounted =
    isOf(object, LLM_INFERENCE_SERVICE) &&
    (object as Workload).status?.observedGeneration === undefined
  return (
    !isOf(object, POD) && !isOf(object, JOB) && !isUncounted && unobserved(inquiry) !== undefined
  )
}

/** One diagnosis for each cause, with the first pod's details and the names of the others. */
function podDiagnoses(inquiry: Inquiry): Diagnosis[] {
  const byCause = new Map<string, { diagnosis: Diagnosis; pods: string[] }>()
  for (const pod of newestPods(inquiry.object, inquiry.related)) {
    for (const diagnosis of explainPod(pod, inquiry)) {
      const known = byCause.get(diagnosis.cause)
      if (known === undefined) byCause.set(diagnosis.cause, { diagnosis, pods: [] })
      else known.pods.push(pod.metadata.name)
    }
  }
  return rank([...byCause.values()].map(({ diagnosis, pods }) => withOthers(diagnosis, pods)))
}

function withOthers(diagnosis: Diagnosis, pods: string[]): Diagnosis {
  if (pods.length === 0) return diagnosis
  return { ...diagnosis, evidence: [...diagnosis.evidence, `the same: pod ${listOf(pods)}`] }
}

/** What cannot get better comes first, an ended pod that was replaced last. */
function rank(diagnoses: Diagnosis[]): Diagnosis[] {
  return diagnoses.toSorted((a, b) => weightOf(a) - weightOf(b))
}

function weightOf({ cause, outlook }: Diagnosis): number {
  if (cause === 'evicted') return 2
  return outlook === 'hopeless' ? 0 : 1
}
