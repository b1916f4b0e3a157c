import { asksToStop, DEPLOYMENT, isOf, KSERVE } from '../../kinds/index.ts'
import { conditionOf, conditionsOf, conditionText } from '../conditions.ts'
import { about } from '../inquiry.ts'
import type { Inquiry } from '../inquiry.ts'
import { faulty, unseen, unsettled } from '../reported.ts'
import { progressing } from '../rollout.ts'
import type { Condition } from '../shapes.ts'
import type { Verdict } from '../verdict.ts'
import { assessDeployment } from './deployment.ts'
import type { Rule } from './rule.ts'

const KSERVE_LLM = "KServe's LLMInferenceService controller"

/** Conditions that only sum up others. */
const SUMS = new Set(['Ready', 'WorkloadsReady', 'RouterReady', 'GroupReady'])

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
  const broken = bad.find(({ reason = '' }) => reason in BROKEN)
  if (broken !== undefined) return refused(inquiry, broken)
  const rollout = rollingOut(inquiry)
  if (rollout?.state === 'failed') return rollout
  return progressing(conditionText(bad.find(({ status }) => status === 'False') ?? ready))
}

function refused(inquiry: Inquiry, condition: Condition): Verdict {
  const { name } = inquiry.object.metadata
  return faulty(inquiry, {
    condition,
    who: KSERVE_LLM,
    cause: 'kserve-reconcile',
    summary: `LLMInferenceService ${name} cannot become ready: ${conditionText(condition)}`,
    remedy: BROKEN[condition.reason ?? ''] ?? 'correct what the message names',
    patienceSeconds: PATIENCE_SECONDS,
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
