import { APPLYSET, formatRef, refOf } from '../../object/index.ts'
import type { KubeObject } from '../../object/index.ts'
import type { PlannedEndpoint } from '../../plan/index.ts'
import { explain, isReadyWhenStored, leastReady } from '../../status/index.ts'
import type { Diagnosis, Judged } from '../../status/index.ts'
import { followChildren } from '../delete/children.ts'
import { diagnosed } from '../failed.ts'
import { onChange } from './on-change.ts'
import { secondsSince } from '../run.ts'
import type { Run } from '../run.ts'

/** Waits until every object of the endpoint is ready; throws EndpointFailure when it cannot become so, or not in time. */
export async function waitReady(run: Run, endpoint: PlannedEndpoint): Promise<void> {
  const { options, watching, signal } = run
  const start = performance.now()
  const deadlineSeconds = options.timeoutSeconds ?? endpoint.readySeconds
  await followEndpoint(run, endpoint)
  const tell = onChange(message => {
    const elapsedSeconds = secondsSince(start)
    run.emit({ type: 'waiting', endpoint: endpoint.name, message, elapsedSeconds, deadlineSeconds })
  })
  const settled = await watching.until(
    () => {
      const { verdict, object } = judge(run, endpoint)
      if (verdict.state === 'ready' || verdict.state === 'failed') return { verdict, object }
      tell(verdict.message)
      return undefined
    },
    { deadline: start + deadlineSeconds * 1000, signal },
  )
  if (settled === undefined) throw await timedOut(run, endpoint, deadlineSeconds)
  if (settled.verdict.state === 'failed') throw await failed(run, endpoint, settled)
  run.emit({ type: 'ready', endpoint: endpoint.name, elapsedSeconds: secondsSince(start) })
}

async function followEndpoint(run: Run, { objects }: PlannedEndpoint): Promise<void> {
  const awaited = objects.filter(object => !isReadyWhenStored(object))
  await Promise.all(
    awaited.flatMap(object => {
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
function judge({ watching, cluster }: Run, { objects }: PlannedEndpoint): Judged {
  const desired = objects.filter(object => !isReadyWhenStored(object))
  if (desired.length === 0)
    return { verdict: { state: 'ready', message: 'stored' }, object: undefined }
  const { verdict, object } = leastReady({
    objects: desired.flatMap(each => watching.live(refOf(each)) ?? []),
    desired,
    related: watching.view,
    now: cluster.serverTime().toISOString(),
  })
  return { verdict: { ...verdict, message: `${named(object)}${verdict.message}` }, object }
}

function named(object: KubeObject | undefined): string {
  return object === undefined ? '' : `${object.kind}/${object.metadata.name}: `
}

async function failed(run: Run, endpoint: PlannedEndpoint, { verdict, object }: Judged) {
  const diagnosis = verdict.diagnosis ?? (await diagnose(run, object))
  const message = `${endpoint.name} cannot become ready: ${verdict.message}`
  return diagnosed(
    { code: 'not-ready', message, endpoint: endpoint.name, ...objectOf(object) },
    diagnosis,
  )
}

async function timedOut(run: Run, endpoint: PlannedEndpoint, seconds: number) {
  const { verdict, object } = judge(run, endpoint)
  const diagnosis = verdict.diagnosis ?? (await diagnose(run, object))
  const message = `${endpoint.name} is not ready after ${Math.round(seconds)} s: ${verdict.message}`
  return diagnosed(
    { code: 'timeout', message, endpoint: endpoint.name, ...objectOf(object) },
    diagnosis,
  )
}

function objectOf(object: KubeObject | undefined) {
  return object === undefined ? {} : { object: formatRef(refOf(object)) }
}

/** Events say what conditions do not (probes, quotas, webhooks): read once, when something is wrong. */
async function diagnose(
  { watching, cluster }: Run,
  object: KubeObject | undefined,
): Promise<Diagnosis | undefined> {
  if (object === undefined) return undefined
  const { namespace } = object.metadata
  if (namespace !== undefined)
    await watching.consult({ apiVersion: 'v1', kind: 'Event', namespace })
  return explain({
    object,
    related: watching.view,
    now: cluster.serverTime().toISOString(),
  })[0]
}
