import { LLM_INFERENCE_SERVICE, isOf } from '../../kinds/index.ts'
import { conditionOf, conditionsOf, conditionText } from '../conditions.ts'
import { servesSince } from '../serving/made.ts'
import { waitedSeconds, type Cause } from './cause.ts'
import { controllerRemedy } from './controller-words.ts'

/** A gateway takes a route within seconds; that of a cloud sets its load balancer up first. */
const PATIENCE_SECONDS = 60

/** Its pods serve, and KServe does not call an LLMInferenceService ready: what leads to them is not. */
export const llmUnfinished: Cause = inquiry => {
  const { object } = inquiry
  const served = isOf(object, LLM_INFERENCE_SERVICE) ? servesSince(inquiry) : undefined
  const ready = conditionOf(object, 'Ready')
  if (served === undefined || ready?.status !== 'False') return undefined
  if (waitedSeconds(served, inquiry) < PATIENCE_SECONDS) return undefined
  const open = conditionsOf(object).filter(
    ({ type, status }) => status === 'False' && !SUMS.has(type),
  )
  const texts = open.map(each => `${each.type}: ${conditionText(each)}`)
  const { name, namespace = 'default' } = object.metadata
  const need = NEEDS[open[0]?.type ?? '']?.({ name, namespace }) ?? controllerRemedy(texts[0] ?? '')
  return {
    cause: 'kserve-unfinished',
    summary: `the pods of ${name} are ready, and KServe does not finish: ${texts[0] ?? conditionText(ready)}`,
    evidence: texts.length > 0 ? texts : [conditionText(ready)],
    remedy: [need, LLM_LOG].filter(Boolean).join('; '),
  }
}

/** Conditions that only sum up others. */
export const SUMS = new Set(['Ready', 'WorkloadsReady', 'RouterReady', 'GroupReady'])

export const LLM_LOG =
  'its controller says more: kubectl -n kserve logs deployment/llmisvc-controller-manager'

interface Named {
  name: string
  namespace: string
}

const ofGroups = ({ namespace }: Named) =>
  `look at its groups (kubectl -n ${namespace} get leaderworkersets); where those are ready, KServe has not looked at them again: kubectl -n kserve rollout restart deployment/llmisvc-controller-manager`

const ofScaling = ({ namespace }: Named) =>
  `look at what scales it: kubectl -n ${namespace} get horizontalpodautoscalers,scaledobjects`

/** By condition: kserve (0.20), pkg/apis/serving/v1alpha2/llm_inference_service_lifecycle.go, pkg/controller/v1alpha2/llmisvc/router.go. */
const NEEDS: Record<string, (named: Named) => string> = {
  GatewaysReady: () => 'look at the gateways that the message names: kubectl describe gateways -A',
  HTTPRoutesReady: ({ namespace }) =>
    `see what the gateway says of the HTTPRoute (kubectl -n ${namespace} describe httproutes), and let a listener of the gateway take it (allowedRoutes, host)`,
  InferencePoolReady: ({ namespace }) =>
    `see which gateway has taken the InferencePool (kubectl -n ${namespace} describe inferencepools): a route has to lead from the gateway to it (spec.router.route), and the controller of the gateway has to support the Gateway API Inference Extension`,
  SchedulerWorkloadReady: ({ name, namespace }) =>
    `look at its scheduler, which chooses a pod for each request: kubectl -n ${namespace} describe deployment,pods -l app.kubernetes.io/component=llminferenceservice-router-scheduler,app.kubernetes.io/name=${name}`,
  WorkerWorkloadReady: ofGroups,
  PrefillWorkerWorkloadReady: ofGroups,
  ScalingReady: ofScaling,
  PrefillScalingReady: ofScaling,
}
