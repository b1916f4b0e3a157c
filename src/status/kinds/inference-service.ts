import { asksToStop, KSERVE } from '../../kinds/index.ts'
import { admissionText } from '../causes/admission-changed.ts'
import { doomed } from '../doomed.ts'
import { explain } from '../explain.ts'
import { conditionOf, conditionText } from '../conditions.ts'
import { about, type Inquiry } from '../inquiry.ts'
import { componentOf, deploymentOf, wantedComponents } from '../kserve/components.ts'
import { rewrittenImages, unbrought } from '../kserve/admission.ts'
import { failedRevision, isKnative } from '../kserve/knative.ts'
import { predictorDeployment, specWrittenAt } from '../kserve/predictor.ts'
import { awaitedRevision, newestPredictor, revisionOf } from '../kserve/revisions.ts'
import { awaitedShare, withServing } from '../kserve/traffic.ts'
import { progressing } from '../rollout.ts'
import type { KubeObject } from '../../object/index.ts'
import type { InferenceService, Workload } from '../shapes.ts'
import { between, isLater, isNew } from '../times.ts'
import type { Diagnosis, Verdict } from '../verdict.ts'
import { assessDeployment } from './deployment.ts'
import type { Rule } from './rule.ts'
import { deploymentsOf } from '../tree.ts'

/** How long Ready may be about the spec before our write; in Standard mode 70 ms were seen. */
const SETTLE_SECONDS = { standard: 2, knative: 10 }

/**
 * Ready when KServe says so *and* the Deployments it owns have rolled out what was asked for. Its observedGeneration is
 * a copy of the Deployment's and says nothing; a reconcile that fails leaves the conditions of before, or none at all,
 * and its reason in an event; Stopped=False is the normal case.
 */
export const assessInferenceService: Rule = inquiry =>
  stopped(inquiry) ??
  (isKnative(inquiry.object)
    ? unmadeRevision(inquiry)
    : (unmade(inquiry) ?? rollingOut(inquiry))) ??
  settling(inquiry) ??
  (isKnative(inquiry.object) ? revisionDoomed(inquiry) : undefined) ??
  byReady(inquiry)

function stopped(inquiry: Inquiry): Verdict | undefined {
  const { object, desired } = inquiry
  if (conditionOf(object, 'Stopped')?.status !== 'True') return undefined
  if (!asksToStop(object)) return progressing('waiting for KServe to start it again')
  if (desired !== undefined && asksToStop(desired))
    return { state: 'ready', message: `stopped, as ${KSERVE.stop} asks` }
  return withCause(inquiry, `stopped by the annotation ${KSERVE.stop}`)
}

/** KServe has not made the Deployment, or not brought the change to it. */
function unmade(inquiry: Inquiry): Verdict | undefined {
  const { object } = inquiry
  const predictor = predictorDeployment(inquiry)
  if (predictor === undefined)
    return withCause(inquiry, 'waiting for KServe to make the Deployment')
  const stale = unbrought(inquiry)
  if (stale !== undefined)
    return withCause(
      inquiry,
      `waiting for KServe to bring ${stale} to Deployment ${predictor.metadata.name}`,
    )
  if ((object as InferenceService).status?.modelStatus?.transitionStatus === 'InvalidSpec')
    return withCause(inquiry, 'KServe considers the spec invalid')
  const missing = wantedComponents(object).find(
    component => deploymentOf(component, inquiry) === undefined,
  )
  return (
    missing && withCause(inquiry, `waiting for KServe to make the Deployment of its ${missing}`)
  )
}

/** Its status says nothing of it: until then Ready is about the revision before. */
function unmadeRevision(inquiry: Inquiry): Verdict | undefined {
  const stale = unbrought(inquiry)
  if (stale === undefined) return undefined
  return withCause(inquiry, `waiting for Knative to make a revision with the new ${stale}`)
}

/** Each owned Deployment by its own rule, the predictor's and a transformer's alike; another than the predictor's is named. */
function rollingOut(inquiry: Inquiry): Verdict | undefined {
  return deploymentsOf(inquiry.object, inquiry.related)
    .map(deployment => ofComponent(deployment, assessDeployment(about(deployment, inquiry))))
    .toSorted((a, b) => Number(b.state === 'failed') - Number(a.state === 'failed'))
    .find(({ state }) => state !== 'ready')
}

function ofComponent(deployment: KubeObject, verdict: Verdict): Verdict {
  const component = componentOf(deployment)
  if (component === undefined || component === 'predictor') return verdict
  return { ...verdict, message: `${component}: ${verdict.message}` }
}

/** A change that leaves the Deployment's visible fields alone (an annotation, say) shows only in time. */
function settling(inquiry: Inquiry): Verdict | undefined {
  const { object, since, now } = inquiry
  const isMade =
    isNew(object.metadata.creationTimestamp, since) ||
    deploymentsOf(object, inquiry.related).some(deployment =>
      isKnative(object)
        ? isNew(deployment.metadata.creationTimestamp, since)
        : isLater(specWrittenAt(deployment), since),
    )
  const seconds = isKnative(object) ? SETTLE_SECONDS.knative : SETTLE_SECONDS.standard
  const left = seconds - (between(since, now) ?? Infinity) / 1000
  if (isMade || left <= 0) return undefined
  // Told, and not yet believed: its next attempt may get over it.
  const [diagnosis] = explain(inquiry)
  return {
    ...progressing('waiting for KServe to take up the change'),
    ...(diagnosis && { diagnosis }),
  }
}

function byReady(inquiry: Inquiry): Verdict {
  const condition = conditionOf(inquiry.object, 'Ready')
  if (condition?.status === 'True') {
    const awaited = awaitedOf(inquiry)
    if (awaited !== undefined)
      return withCause(inquiry, `waiting for revision ${awaited} to be ready`)
    const share = shareText(inquiry)
    if (share !== undefined) return withCause(inquiry, share)
    const said = [revisionText(inquiry), admissionText(rewrittenImages(inquiry))]
    const more = said.filter(each => each !== undefined).join('; ')
    return { state: 'ready', message: more === '' ? 'ready' : `ready (${more})` }
  }
  const message = condition === undefined ? 'waiting for KServe' : conditionText(condition)
  return withCause(inquiry, message)
}

function awaitedOf({ object, related }: Inquiry): string | undefined {
  return isKnative(object) ? awaitedRevision(object, related) : undefined
}

/** Where requests do not go as they should yet. */
function shareText({ object }: Inquiry): string | undefined {
  const share = isKnative(object) ? awaitedShare(object) : undefined
  return (
    share &&
    `waiting for Knative to send ${share.wanted} % of the requests to revision ${share.revision}, which gets ${share.percent} % now`
  )
}

/** Which revision it is that serves, and whether it has pods just now. */
function revisionText({ object, related }: Inquiry): string | undefined {
  const newest: Workload | undefined = isKnative(object)
    ? newestPredictor(object, related)
    : undefined
  const revision = newest && revisionOf(newest)
  if (revision === undefined) return undefined
  return newest?.spec?.replicas === 0
    ? `revision ${revision}, at zero until a request comes`
    : `revision ${revision}`
}

function withCause(inquiry: Inquiry, message: string): Verdict {
  const [diagnosis] = explain(inquiry)
  const isKServes = diagnosis?.cause === 'kserve-reconcile'
  if (isKServes && diagnosis?.outlook === 'hopeless')
    return { state: 'failed', message: diagnosis.summary, diagnosis }
  return { ...progressing(message), ...(diagnosis && { diagnosis }) }
}

/** A transformer has a revision of its own, and does not come to be because the predictor serves. */
function doomedComponent(inquiry: Inquiry): Diagnosis | undefined {
  const deployments = deploymentsOf(inquiry.object, inquiry.related)
  return deployments.flatMap(each => doomed(about(each, inquiry)) ?? [])[0]
}

/** By the pods of the newest revisions, as Deployments; where there are none, by what Knative says of it. */
function revisionDoomed(inquiry: Inquiry): Verdict | undefined {
  const isReady = conditionOf(inquiry.object, 'Ready')?.status === 'True'
  if (isReady && awaitedOf(inquiry) === undefined) return undefined
  const found = doomedComponent(inquiry) ?? doomed(inquiry)
  if (found === undefined) return undefined
  const diagnosis = withServing(found, inquiry)
  const failed = failedRevision(inquiry)
  const message = failed === undefined ? diagnosis.summary : conditionText(failed)
  return { state: 'failed', message, diagnosis }
}
