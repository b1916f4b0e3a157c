import type { Endpoint } from '../../src/spec/index.ts'
import { countOf } from './scaled-object.ts'
import { utilizationMetric } from './utilization.ts'

/** How KServe is told of a queue, for its class keda (components/keda_reconciler.go): it makes the ScaledObject itself. */
export function kserveScalingOf(endpoint: Endpoint) {
  const { cpu, memory, queue, behavior } = endpoint.spec.scaling ?? {}
  const { serverAddress, query, threshold } = countOf(endpoint)
  const external = {
    metric: { backend: 'prometheus', serverAddress, query },
    target: { type: 'Value', value: threshold },
    authenticationRef:
      queue?.authentication === undefined
        ? undefined
        : { authenticationRef: { name: queue.authentication }, authModes: queue.authModes },
  }
  return {
    metrics: [
      { type: 'External', external },
      ...utilizationMetric('cpu', cpu),
      ...utilizationMetric('memory', memory),
    ],
    behavior,
  }
}
