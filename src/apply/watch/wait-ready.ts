import { HORIZONTAL_POD_AUTOSCALER } from '../../kinds/index.ts'
import { APPLYSET, formatRef, refOf, type KubeObject } from '../../object/index.ts'
import { actionsOf, type PlannedEndpoint } from '../../plan/index.ts'
import {
  containersOf,
  evidenceQueries,
  explain,
  isJudged,
  judgeWritten,
  newestPods,
  type Diagnosis,
  type Judged,
} from '../../status/index.ts'
import { readLastLogs } from '../../overview/index.ts'
import { followChildren } from '../delete/children.ts'
import { diagnosed } from '../failed.ts'
import { onChange } from './on-change.ts'
import { secondsSince, type Run } from '../run.ts'
import { lateText, waitSeconds } from './wait-seconds.ts'

/** Waits until every object of the endpoint is ready; throws EndpointFailure when it cannot become so, or not in time. */
export async function waitReady(run: Run, endpoint: PlannedEndpoint): Promise<void> {
  const { options, cluster } = run
  const start = performance.now()
  const isWritten = endpoint.actions.length > 0
  const writtenAt = isWritten ? cluster.serverTime().toISOString() : undefined
  await followEndpoint(run, endpoint)
  const deadlineSeconds = options.timeoutSeconds ?? secondsFor(run, endpoint)
  const wait: Wait = { run, endpoint, start, deadlineSeconds, writtenAt }
  for (let end = await nextEnd(wait); ; end = await nextEnd(wait)) {
    if (end?.verdict.state === 'ready') break
    await Promise.all([consultEvidence(wait, 1), consultLogs(wait)])
    const again = judge(wait)
    if (again.verdict.state === 'failed') throw failed(wait, again)
    if (end === undefined && again.verdict.state !== 'ready') throw timedOut(wait, again)
  }
  run.emit({ type: 'ready', endpoint: endpoint.name, elapsedSeconds: secondsSince(start) })
}

function secondsFor(run: Run, endpoint: PlannedEndpoint) {
  const { readySeconds, actions } = endpoint
  const now = run.cluster.serverTime().getTime()
  const starts = newPods(run, endpoint).flatMap(startsOf)
  return waitSeconds({ readySeconds, isWritten: actions.length > 0, starts, now })
}

function startsOf(pod: KubeObject): number[] {
  const started = containersOf(pod).map(({ status }) => status.state?.running?.startedAt)
  return [pod.metadata.creationTimestamp, ...started]
    .map(time => Date.parse(time ?? ''))
    .filter(time => !Number.isNaN(time))
}

/** One endpoint's wait. */
interface Wait {
  run: Run
  endpoint: PlannedEndpoint
  /** Of performance.now(). */
  start: number
  deadlineSeconds: number
  /** When its writes had ended, by the API server's clock; undefined when there were none. */
  writtenAt: string | undefined
}

/** Ready or failed, by what the watches show; undefined at the deadline. */
async function nextEnd(wait: Wait): Promise<Judged | undefined> {
  const { run, start, deadlineSeconds } = wait
  const tell = teller(wait)
  const check = () => {
    const judged = judge(wait)
    const { state, message, diagnosis } = judged.verdict
    if (state === 'ready' || state === 'failed') return judged
    if (isOfNodes(diagnosis)) void consultEvidence(wait, 30)
    tell(message)
    return undefined
  }
  return run.watching.until(check, {
    deadline: start + deadlineSeconds * 1000,
    signal: run.signal,
  })
}

function teller({ run, endpoint, start, deadlineSeconds }: Wait): (message: string) => void {
  return onChange(message => {
    const elapsedSeconds = secondsSince(start)
    run.emit({ type: 'waiting', endpoint: endpoint.name, message, elapsedSeconds, deadlineSeconds })
  })
}

async function followEndpoint(run: Run, { objects }: PlannedEndpoint): Promise<void> {
  await Promise.all(
    objects.filter(isJudged).flatMap(object => {
      const { apiVersion, kind, metadata } = object
      const { namespace } = metadata
      const labelSelector = `${APPLYSET.partOf}=${run.plan.setId}`
      const query = {
        apiVersion,
        kind,
        labelSelector,
        ...(namespace === undefined ? {} : { namespace }),
      }
      return [run.watching.follow(query), followChildren(run, object)]
    }),
  )
}

/** By the judge of `slipway status`. */
function judge({ run, endpoint, writtenAt }: Wait): Judged {
  const { watching, cluster } = run
  const desired = endpoint.objects.filter(object => isJudged(object) && !isMendedLater(run, object))
  const { verdict, object } = judgeWritten({
    objects: desired.flatMap(each => watching.live(refOf(each)) ?? []),
    desired,
    related: watching.view,
    now: cluster.serverTime().toISOString(),
    writtenAt,
  })
  return { verdict: { ...verdict, message: `${named(object)}${verdict.message}` }, object }
}

/** Two autoscalers of the same pods disturb each other until the one that goes has gone, which is after the wait. */
function isMendedLater({ plan }: Run, { kind }: KubeObject): boolean {
  const goes = actionsOf(plan)
    .filter(({ type }) => type === 'prune')
    .map(({ ref }) => ref.kind)
  return kind === HORIZONTAL_POD_AUTOSCALER.kind && goes.includes(kind)
}

/** Why a pod gets no node is in nodes and claims, which are not watched. */
function isOfNodes(diagnosis: Diagnosis | undefined): boolean {
  return ['unschedulable', 'volume-claim', 'node-not-ready'].includes(diagnosis?.cause ?? '')
}

/** What status looks at besides: events, claims, nodes. A verdict that ends the wait is made with all of it. */
async function consultEvidence({ run, endpoint }: Wait, freshSeconds: number): Promise<void> {
  const namespaces = new Set(endpoint.objects.flatMap(({ metadata }) => metadata.namespace ?? []))
  const queries = evidenceQueries([...namespaces])
  await Promise.all(queries.map(query => run.watching.consult(query, freshSeconds)))
}

/** What crashed containers wrote last, which their pods do not tell. */
async function consultLogs({ run, endpoint }: Wait): Promise<void> {
  run.watching.learn(await readLastLogs(run.cluster, newPods(run, endpoint)))
}

function newPods({ watching }: Run, { objects }: PlannedEndpoint): KubeObject[] {
  return objects
    .flatMap(object => watching.live(refOf(object)) ?? [])
    .flatMap(object => newestPods(object, watching.view))
}

function named(object: KubeObject | undefined): string {
  return object === undefined ? '' : `${object.kind}/${object.metadata.name}: `
}

function failed({ run, endpoint: { name } }: Wait, judged: Judged) {
  const message = `${name} cannot become ready: ${judged.verdict.message}`
  return ended(run, { code: 'not-ready', message, endpoint: name }, judged)
}

function timedOut({ run, endpoint, deadlineSeconds }: Wait, judged: Judged) {
  const message = lateText(endpoint, {
    deadlineSeconds,
    isGiven: run.options.timeoutSeconds !== undefined,
    what: judged.verdict.message,
  })
  return ended(run, { code: 'timeout', message, endpoint: endpoint.name }, judged)
}

function ended(
  { watching, cluster }: Run,
  problem: Parameters<typeof diagnosed>[0],
  { verdict, object }: Judged,
) {
  if (object === undefined) return diagnosed(problem, verdict.diagnosis)
  const now = cluster.serverTime().toISOString()
  const diagnosis = verdict.diagnosis ?? explain({ object, related: watching.view, now })[0]
  return diagnosed({ ...problem, object: formatRef(refOf(object)) }, diagnosis)
}
