import { metricOfPods } from '../../queue.ts'
import type { Found } from '../../../problem/index.ts'
import type { Endpoint } from '../../set.ts'
import { contradiction, type Finding, type Rule } from '../rule.ts'

/** A queue is counted by somebody, has a target, and can be told to whoever scales. */
export const queueCanBeAsked: Rule = endpoint => {
  const { runtime, scaling } = endpoint.spec
  if (scaling?.queue === undefined || runtime === 'external') return []
  return [counted(endpoint), target(endpoint), scaler(endpoint), waking(endpoint)]
}

const QUEUE = 'spec.scaling.queue'

function counted({ spec }: Endpoint): Finding | undefined {
  const { preset, prometheus = {} } = spec.scaling?.queue ?? {}
  const { query, serverAddress } = prometheus
  if (preset !== undefined && query !== undefined)
    return excluded('prometheus.query', `${QUEUE} has a preset and a query`, 'Keep one of them.')
  if (preset === undefined && query === undefined)
    return missing('', `${QUEUE} names nothing to count`, 'Set preset, or prometheus.query.')
  if (serverAddress !== undefined) return undefined
  return missing(
    'prometheus.serverAddress',
    `${QUEUE}.prometheus.serverAddress is missing: KEDA asks a Prometheus`,
    'Set it here, or for all endpoints in spec.defaults of slipway.yaml.',
  )
}

function target({ spec }: Endpoint): Finding | undefined {
  const { queue } = spec.scaling ?? {}
  if (queue?.target !== undefined) return undefined
  return missing(
    'target',
    `${QUEUE}.target is missing: how much may wait for each replica`,
    'Set it, such as target: 5.',
  )
}

function scaler(endpoint: Endpoint): Found<Finding> {
  const { spec, kserveVersion } = endpoint
  const { metrics, queue = {} } = spec.scaling ?? {}
  return [
    queue.authModes !== undefined && queue.authentication === undefined
      ? excluded(
          'authModes',
          `${QUEUE}.authModes is given without authentication`,
          'Set authentication to the name of a TriggerAuthentication.',
        )
      : undefined,
    metrics &&
      contradiction(
        'spec.scaling.metrics',
        `${QUEUE} and spec.scaling.metrics are given together`,
        'Keep the queue: KEDA scales by queries, CPU and memory.',
      ),
    spec.runtime === 'kserve' ? byKserve(endpoint, kserveVersion) : undefined,
  ]
}

function byKserve({ spec }: Endpoint, version: string): Finding | undefined {
  if (spec.kserve.deploymentMode === 'serverless') {
    return excluded(
      '',
      `${QUEUE} is given, but Knative scales by requests itself`,
      'Leave the queue out, or set spec.kserve.deploymentMode to raw.',
    )
  }
  if (/^v?0\.(\d|1[0-4])(\.|$)/.test(version)) {
    return excluded(
      '',
      `${QUEUE} is given, but KServe ${version} does not know KEDA: 0.15 is the first that does`,
      'Use runtime deployment, or set kserve.version of the environment.',
    )
  }
  if (spec.scaling?.queue?.cooldown === undefined) return undefined
  return excluded(
    'cooldown',
    `${QUEUE}.cooldown cannot be given to KServe, which makes the ScaledObject itself`,
    'Leave it out, or use runtime deployment.',
  )
}

/** A metric of the pods is not there while there are none. */
function waking({ spec }: Endpoint): Finding | undefined {
  const { min, queue = {} } = spec.scaling ?? {}
  const metric = min === 0 ? metricOfPods(queue) : undefined
  if (metric === undefined) return undefined
  return contradiction(
    'spec.scaling.min',
    `spec.scaling.min is 0, and ${metric} is counted by the pods themselves: at zero nothing would bring one back`,
    'Set min to 1, or count what waits before the pods, such as requests at the gateway.',
  )
}

function excluded(field: string, message: string, remedy: string): Finding {
  return contradiction(field === '' ? QUEUE : `${QUEUE}.${field}`, message, remedy)
}

function missing(field: string, message: string, remedy: string): Finding {
  return { ...excluded(field, message, remedy), code: 'missing-field' }
}
