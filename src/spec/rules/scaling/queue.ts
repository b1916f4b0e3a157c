import { metricOfPods } from '../../queue.ts'
import type { Endpoint } from '../../set.ts'
import { problemAt } from '../rule.ts'
import type { Finding, Rule } from '../rule.ts'

type Fault = Pick<Finding, 'code' | 'path' | 'message' | 'remedy'>

/** A queue is counted by somebody, has a target, and can be told to whoever scales. */
export const queueCanBeAsked: Rule = endpoint => {
  const { runtime, scaling } = endpoint.spec
  if (scaling?.queue === undefined || runtime === 'external') return []
  const faults = [counted(endpoint), target(endpoint), ...scaler(endpoint), waking(endpoint)]
  return faults.filter(fault => fault !== undefined).map(fault => problemAt(endpoint, fault))
}

const QUEUE = 'spec.scaling.queue'

function counted({ spec }: Endpoint): Fault | undefined {
  const { preset, prometheus = {} } = spec.scaling?.queue ?? {}
  const { query, serverAddress } = prometheus
  if (preset !== undefined && query !== undefined) {
    return contradiction(
      'prometheus.query',
      `${QUEUE} has a preset and a query`,
      'Keep one of them.',
    )
  }
  if (preset === undefined && query === undefined) {
    return missing('', `${QUEUE} names nothing to count`, 'Set preset, or prometheus.query.')
  }
  if (serverAddress !== undefined) return undefined
  return missing(
    'prometheus.serverAddress',
    `${QUEUE}.prometheus.serverAddress is missing: KEDA asks a Prometheus`,
    'Set it here, or for all endpoints in spec.defaults of slipway.yaml.',
  )
}

function target({ spec }: Endpoint): Fault | undefined {
  const { queue } = spec.scaling ?? {}
  if (queue?.target !== undefined) return undefined
  return missing(
    'target',
    `${QUEUE}.target is missing: how much may wait for each replica`,
    'Set it, such as target: 5.',
  )
}

function scaler(endpoint: Endpoint): Fault[] {
  const { spec, kserveVersion } = endpoint
  const { metrics, queue = {} } = spec.scaling ?? {}
  const authModes =
    queue.authModes === undefined || queue.authentication !== undefined
      ? undefined
      : contradiction(
          'authModes',
          `${QUEUE}.authModes is given without authentication`,
          'Set authentication to the name of a TriggerAuthentication.',
        )
  const others =
    metrics === undefined
      ? undefined
      : {
          ...contradiction(
            '',
            `${QUEUE} and spec.scaling.metrics are given together`,
            'Keep the queue: KEDA scales by queries, CPU and memory.',
          ),
          path: 'spec.scaling.metrics',
        }
  const faults = [
    authModes,
    others,
    ...(spec.runtime === 'kserve' ? byKserve(endpoint, kserveVersion) : []),
  ]
  return faults.filter(fault => fault !== undefined)
}

function byKserve({ spec }: Endpoint, version: string): Fault[] {
  const { cooldown } = spec.scaling?.queue ?? {}
  if (spec.kserve.deploymentMode === 'serverless') {
    return [
      contradiction(
        '',
        `${QUEUE} is given, but Knative scales by requests itself`,
        'Leave the queue out, or set spec.kserve.deploymentMode to raw.',
      ),
    ]
  }
  if (/^v?0\.(\d|1[0-4])(\.|$)/.test(version)) {
    return [
      contradiction(
        '',
        `${QUEUE} is given, but KServe ${version} does not know KEDA: 0.15 is the first that does`,
        'Use runtime deployment, or set kserve.version of the environment.',
      ),
    ]
  }
  if (cooldown === undefined) return []
  return [
    contradiction(
      'cooldown',
      `${QUEUE}.cooldown cannot be given to KServe, which makes the ScaledObject itself`,
      'Leave it out, or use runtime deployment.',
    ),
  ]
}

/** A metric of the pods is not there while there are none. */
function waking({ spec }: Endpoint): Fault | undefined {
  const { min, queue = {} } = spec.scaling ?? {}
  const metric = min === 0 ? metricOfPods(queue) : undefined
  if (metric === undefined) return undefined
  return {
    ...contradiction(
      '',
      `spec.scaling.min is 0, and ${metric} is counted by the pods themselves: at zero nothing would bring one back`,
      'Set min to 1, or count what waits before the pods, such as requests at the gateway.',
    ),
    path: 'spec.scaling.min',
  }
}

function contradiction(field: string, message: string, remedy: string): Fault {
  return {
    code: 'contradiction',
    path: field === '' ? QUEUE : `${QUEUE}.${field}`,
    message,
    remedy,
  }
}

function missing(field: string, message: string, remedy: string): Fault {
  return { ...contradiction(field, message, remedy), code: 'missing-field' }
}
