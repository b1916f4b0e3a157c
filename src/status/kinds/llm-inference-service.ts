import { asksToStop, DEPLOYMENT, isOf, KSERVE } from '../../kinds/index.ts'
import { KSERVE_ERRORS } from '../causes/kserve-errors.ts'
import { PASSING } from '../causes/kserve-reconcile.ts'
import { LLM_LOG, SUMS } from '../causes/llm-unfinished.ts'
import { denialIn } from '../causes/webhook.ts'
import { conditionOf, conditionsOf, conditionText } from '../conditions.ts'
import { about, type Inquiry } from '../inquiry.ts'
import { faulty, unseen, unsettled } from '../reported.ts'
import { unobserved } from '../observed.ts'
import { unfinished } from '../rollout.ts'
import type { Condition, Workload } from '../shapes.ts'
import type { Verdict } from '../verdict.ts'
import { assessDeployment } from './deployment.ts'
import type { Rule } from './rule.ts'

const KSERVE_LLM = "KServe's LLMInferenceService controller"

/** What does not get better without a change of the object or of what it names (kserve, pkg/controller/v1alpha2/llmisvc). */
const BROKEN: Record<string, string> = {
  ConfigNotFound: 'correct spec.baseRefs, or create the LLMInferenceServiceConfig that it names',
  CombineBaseError: 'correct the LLMInferenceService, or the configurations that it is based on',
  RefsInvalid: 'correct the gateways and routes that spec.router names',
  ScalingCRDNotFound: 'install the autoscaler whose kind is missing, or leave out spec.scaling',
}

/** What it refers to may have been made after it. */
const PATIENCE_SECONDS = 10

/** Ready when KServe says so and the Deployments that it owns have rolled out; its conditions carry no generation. */
export const assessLlmInferenceService: Rule = inquiry => {
  const { object } = inquiry
  const ready = conditionOf(object, 'Ready')
  if (ready === undefined) return unseen(inquiry, KSERVE_LLM)
  if (isStopped(inquiry)) return { state: 'ready', message: `stopped, as ${KSERVE.stop} asks` }
  if (ready.status !== 'True') return notReady(inquiry, ready)
  return (
    unsettled(inquiry, ready, KSERVE_LLM) ??
    rollingOut(inquiry) ?? { state: 'ready', message: 'ready' }
  )
}

/** A service without replicas is never ready to KServe. */
function isStopped({ object, desired = object }: Inquiry): boolean {
  return asksToStop(desired) && conditionsOf(object).some(({ reason }) => reason === 'Stopped')
}

function notReady(inquiry: Inquiry, ready: Condition): Verdict {
  const bad = conditionsOf(inquiry.object).filter(
    ({ type, status }) => status !== 'True' && !SUMS.has(type),
  )
  const error = bad.find(isError)
  if (error !== undefined) return refused(inquiry, error)
  // Until then its pods may be those of the revision before.
  const waiting = isCounted(inquiry) ? unobserved(inquiry) : unsettled(inquiry, ready, KSERVE_LLM)
  if (waiting !== undefined) return waiting
  return unfinished(inquiry, conditionText(bad.find(({ status }) => status === 'False') ?? ready))
}

/** Older versions of KServe do not write the generation that they have seen. */
function isCounted({ object }: Inquiry): boolean {
  return (object as Workload).status?.observedGeneration !== undefined
}

/** What the controller cannot do, whatever becomes of the pods; two writers that met are none of it. */
function isError({ reason = '', message = '' }: Condition): boolean {
  return (reason in BROKEN || /Error$|NotMet$/.test(reason)) && !PASSING.test(message)
}

function refused(inquiry: Inquiry, condition: Condition): Verdict {
  const { name } = inquiry.object.metadata
  const { reason = '', message = '' } = condition
  const known =
    KSERVE_ERRORS.find(({ pattern }) => pattern.test(message))?.remedy ??
    denialIn(message)?.remedy ??
    BROKEN[reason]
  return faulty(inquiry, {
    condition,
    who: KSERVE_LLM,
    cause: 'kserve-reconcile',
    summary: `LLMInferenceService ${name} cannot become ready: ${conditionText(condition)}`,
    remedy: known ?? `correct what the message names; ${LLM_LOG}`,
    // What nobody knows may pass: KServe tries again.
    patienceSeconds: known === undefined ? Infinity : PATIENCE_SECONDS,
  })
}

function rollingOut(inquiry: Inquiry): Verdict | undefined {
  return inquiry.related
    .ownedBy(inquiry.object.metadata.uid)
    .filter(object => isOf(object, DEPLOYMENT))
    .map(deployment => assessDeployment(about(deployment, inquiry)))
    .toSorted((a, b) => Number(b.state === 'failed') - Number(a.state === 'failed'))
    .find(({ state }) => state !== 'ready')
}
