import { workloadName, type Slotted } from './slots.ts'

/**
 * Queues of model servers by name: the metric in which each counts what waits. All of them are told by the pods themselves, under the
 * labels `namespace` and `pod` that Prometheus gives to what it scrapes in Kubernetes.
 */
export const QUEUE_METRICS = {
  'vllm-waiting': 'vllm:num_requests_waiting',
  'sglang-waiting': 'sglang:num_queue_reqs',
  'tgi-waiting': 'tgi_queue_size',
  'tei-waiting': 'te_queue_size',
  'triton-waiting': 'nv_inference_pending_request_count',
} as const

export type QueuePreset = keyof typeof QUEUE_METRICS

export const QUEUE_PRESETS = Object.keys(QUEUE_METRICS) as [QueuePreset, ...QueuePreset[]]

export interface Queue {
  preset?: QueuePreset | undefined
  prometheus?: { serverAddress?: string | undefined; query?: string | undefined } | undefined
}

/** The PromQL that counts what waits; undefined where neither a preset nor a query is given. */
export function queueQuery(
  { preset, prometheus }: Queue,
  endpoint: Slotted & { namespace: string },
): string | undefined {
  if (preset === undefined) return prometheus?.query
  const pods = `${workloadName(endpoint)}(-predictor)?-[a-z0-9]+-[a-z0-9]+`
  return `sum(${QUEUE_METRICS[preset]}{namespace="${endpoint.namespace}",pod=~"${pods}"})`
}

/** The metric of the pods that a queue counts by, if it is one that is known: where there are no pods, it is not there. */
export function metricOfPods({ preset, prometheus }: Queue): string | undefined {
  if (preset !== undefined) return QUEUE_METRICS[preset]
  const query = prometheus?.query ?? ''
  return /\b(?:vllm:|sglang:|tgi_|te_|nv_)[a-z_]+/.exec(query)?.[0]
}
