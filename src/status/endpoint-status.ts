import { SERVICE, isOf, isRuntime, kindOf } from '../kinds/index.ts'
import {
  ENDPOINT_LABEL,
  OBJECTS,
  isTracked,
  keyOf,
  refOf,
  slotNames,
  defined,
  controllerOf,
  type KubeObject,
} from '../object/index.ts'
import { assess } from './assess.ts'
import { addressOf } from './address.ts'
import { canaryOf, revisionCanaryOf, type CanaryStatus } from './serving/candidate.ts'
import type { Inquiry } from './inquiry.ts'
import { phaseTrail, type PhaseTime } from './phase-trail.ts'
import { slowestPod } from './pod-clause.ts'
import { componentsOf, type ComponentStatus } from './serving/components.ts'
import { servingOf, type Serving } from './serving/serving.ts'
import type { Service } from './shapes.ts'
import { newestPods } from './tree.ts'
import type { Diagnosis, Verdict } from './verdict.ts'

/** One endpoint as it is: a line of `slipway status`. */
export interface EndpointStatus extends Partial<Serving> {
  endpoint: string
  namespace?: string
  /** Absent when nothing in the cluster serves it. */
  runtime?: 'deployment' | 'kserve' | 'external'
  state: Verdict['state']
  message: string
  /** Where clients reach it: `https://chat.example.com/`, `http://chat-svc.llm-ops.svc`. */
  address?: string
  /** Predictor, transformer and explainer of an InferenceService; absent where the predictor is alone. */
  components?: ComponentStatus[]
  /** Its candidate; absent where it has none. */
  canary?: CanaryStatus
  /** ISO time of the workload's creation. */
  createdAt?: string
  diagnosis?: Diagnosis
  /** The way of the pod that is furthest from serving, else of a new one that serves: what took the time. */
  phases?: PhaseTime[]
}

export interface EndpointQuestion extends Pick<Inquiry, 'related' | 'since' | 'now' | 'writtenAt'> {
  /** Live objects of one endpoint, as found by label; what a controller made of them may be among them. */
  objects: readonly KubeObject[]
  /** As rendered, where known: what is missing then counts as absent. */
  desired?: readonly KubeObject[]
  /** Its name, where no object says it. */
  endpoint?: string
}

/** What can be said of an endpoint from its objects: it is what its least ready object is. */
export function endpointStatus(question: EndpointQuestion): EndpointStatus {
  // KServe copies the labels of an InferenceService to its children.
  const own = question.objects.filter(object => controllerOf(object) === undefined)
  const name = question.endpoint ?? nameOf(own, question.desired)
  const workloads = own
    .filter(object => isRuntime(object))
    .toSorted(byName(name))
    .toSorted(remainingFirst)
  const workload = workloads.find(object => !isTracked(object))
  const candidate = workloads.find(object => isTracked(object))
  const carrier = workload ?? own.find(isExternal)
  const { verdict, object } = leastReady({ ...question, objects: own })
  const isMissing = carrier === undefined && verdict.state === 'ready' && isServing(question)
  const seen = isMissing ? NO_WORKLOAD : verdict
  const { namespace, creationTimestamp } = (carrier ?? own[0])?.metadata ?? {}
  const address = addressOf(own, workload)
  return defined({
    endpoint: name,
    namespace,
    runtime: carrier && runtimeOf(carrier),
    state: seen.state,
    message: object === carrier || isMissing ? seen.message : named(object, seen.message),
    ...(workload && servingOf(workload, question.related)),
    address,
    components: workload && componentsOf(workload, question.related),
    canary:
      canaryOf(own, candidate, question.related) ??
      (workload && revisionCanaryOf(workload, question.related)),
    phases: workload && trailOf(workload, question),
    createdAt: creationTimestamp,
    diagnosis: seen.diagnosis,
  })
}

/** Objects of the project itself serve nothing. */
function isServing({ endpoint }: EndpointQuestion): boolean {
  return endpoint !== OBJECTS
}

function trailOf(object: KubeObject, { related, now }: EndpointQuestion): PhaseTime[] | undefined {
  const pod = slowestPod({ object, related }) ?? newestPods(object, related)[0]
  return pod === undefined || now === undefined ? undefined : phaseTrail(pod, now)
}

const NO_WORKLOAD: Verdict = { state: 'absent', message: 'nothing serves it' }
const RANK = { failed: 0, terminating: 1, absent: 2, progressing: 3, ready: 4 } as const

export interface Judged {
  verdict: Verdict
  /** Live, or as rendered when it is absent. */
  object: KubeObject | undefined
}

/** Of these objects, live and as rendered, the one that keeps the endpoint from being ready, or one that is ready, too. */
export function leastReady(question: Omit<EndpointQuestion, 'endpoint'>): Judged {
  const { objects, related, since, now, writtenAt, desired = [] } = question
  const live = new Map(objects.map(object => [keyOf(refOf(object)), object]))
  const wanted = new Map(desired.map(object => [keyOf(refOf(object)), object]))
  const judged = [...new Set([...live.keys(), ...wanted.keys()])].map((key): Judged => {
    const object = live.get(key)
    const verdict = assess({ object, desired: wanted.get(key), related, since, now, writtenAt })
    return { verdict, object: object ?? wanted.get(key) }
  })
  const ranked = judged.toSorted((a, b) => rankOf(a) - rankOf(b))
  return ranked[0] ?? { verdict: NO_WORKLOAD, object: undefined }
}

/** Of two equally bad, the workload speaks. */
function rankOf({ verdict, object }: Judged): number {
  return RANK[verdict.state] * 2 + (object !== undefined && isRuntime(object) ? 0 : 1)
}

/** A workload that the endpoint has beside the one that serves it has another name than these two, which take turns. */
function byName(name: string): (a: KubeObject, b: KubeObject) => number {
  const names = slotNames(name)
  const isOther = ({ metadata }: KubeObject) => Number(!names.includes(metadata.name))
  return (a, b) => isOther(a) - isOther(b)
}

/** During a switch of runtimes the one that goes is there, too. */
function remainingFirst(a: KubeObject, b: KubeObject): number {
  return Number(isEnding(a)) - Number(isEnding(b))
}

function isEnding({ metadata }: KubeObject): boolean {
  return metadata.deletionTimestamp !== undefined
}

function isExternal(object: KubeObject): boolean {
  return isOf(object, SERVICE) && (object as Service).spec?.type === 'ExternalName'
}

function runtimeOf(carrier: KubeObject): NonNullable<EndpointStatus['runtime']> {
  return kindOf(carrier).runtime ?? 'external'
}

function nameOf(own: readonly KubeObject[], desired: readonly KubeObject[] = []): string {
  const labelled = [...own, ...desired].find(({ metadata }) => metadata.labels?.[ENDPOINT_LABEL])
  return labelled?.metadata.labels?.[ENDPOINT_LABEL] ?? own[0]?.metadata.name ?? ''
}

function named(object: KubeObject | undefined, message: string): string {
  return object === undefined ? message : `${object.kind}/${object.metadata.name}: ${message}`
}
