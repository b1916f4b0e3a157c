import { failure } from '../../src/problem/index.ts'
import { queueQuery, type Endpoint } from '../../src/spec/index.ts'
import type { Blueprint } from '../blueprint.ts'
import { metadataOf } from '../labels.ts'
import { namesOf } from '../names.ts'

interface Trigger {
  type: string
  metricType?: string
  metadata: Record<string, string>
  authenticationRef?: { name: string } | undefined
}

/** For Deployments that scale by a queue: KEDA makes a HorizontalPodAutoscaler of it, and takes the last replica away itself. */
export function scaledObject(blueprint: Blueprint) {
  const { endpoint } = blueprint
  const { spec } = endpoint
  const { scaling } = spec
  if (spec.runtime !== 'deployment' || scaling?.queue === undefined) return undefined
  const { min = 1, max = Math.max(1, min), behavior } = scaling
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: metadataOf(blueprint, namesOf(endpoint).scaledObject),
    spec: {
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: namesOf(endpoint).workload,
      },
      minReplicaCount: min,
      maxReplicaCount: max,
      cooldownPeriod: scaling.queue.cooldown,
      advanced: behavior && { horizontalPodAutoscalerConfig: { behavior } },
      triggers: triggersOf(endpoint),
    },
  }
}

/** https://keda.sh/docs/2.18/scalers/prometheus: the threshold is what one replica may have waiting. */
function triggersOf(endpoint: Endpoint): Trigger[] {
  const { cpu, memory, queue } = endpoint.spec.scaling ?? {}
  const metadata = { ...countOf(endpoint), authModes: queue?.authModes }
  const prometheus: Trigger = {
    type: 'prometheus',
    metadata: JSON.parse(JSON.stringify(metadata)) as Record<string, string>,
    authenticationRef:
      queue?.authentication === undefined ? undefined : { name: queue.authentication },
  }
  return [prometheus, ...utilization('cpu', cpu), ...utilization('memory', memory)]
}

function utilization(type: string, value: number | undefined): Trigger[] {
  if (value === undefined) return []
  return [{ type, metricType: 'Utilization', metadata: { value: String(value) } }]
}

/** What is asked, of whom, and how much is a replica's share. */
export function countOf(endpoint: Endpoint) {
  const { queue } = endpoint.spec.scaling ?? {}
  const serverAddress = queue?.prometheus?.serverAddress
  const query = queue && queueQuery(queue, endpoint)
  if (serverAddress === undefined || query === undefined || queue?.target === undefined) {
    throw failure('missing-field', `${endpoint.name} scales by a queue that nobody counts.`, {
      endpoint: endpoint.name,
      remedy: 'Set serverAddress, target, and a preset or a query in spec.scaling.queue.',
    })
  }
  return { serverAddress, query, threshold: String(queue.target) }
}
