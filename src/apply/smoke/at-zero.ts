import type { Cluster } from '../../cluster/index.ts'
import { INFERENCE_SERVICE, replicasOf } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { problemWith, type Problem } from '../../problem/index.ts'
import { isServerless, type Endpoint } from '../../spec/index.ts'
import { conditionsOf } from '../../status/index.ts'
import { servingDeployments } from './pods.ts'

/** Why no pod of an endpoint can be asked. Throws ClusterError. */
export async function noPod(cluster: Cluster, endpoint: Endpoint): Promise<Problem> {
  const { name, namespace, spec } = endpoint
  const deployments = await servingDeployments(cluster, endpoint)
  if (spec.runtime !== 'kserve') return reasonFor(endpoint, deployments)
  const { apiVersion, kind } = INFERENCE_SERVICE
  const service = await cluster.get({ apiVersion, kind, name, namespace })
  return reasonFor(endpoint, isReady(service) ? deployments : [])
}

/** Knative takes the pods of a revision that it has given up away, too. */
function isReady(service: KubeObject | undefined): boolean {
  const conditions = service === undefined ? [] : conditionsOf(service)
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
}

/** By the Deployments whose pods would be asked; none where something is wrong with what makes them. */
export function reasonFor(endpoint: Endpoint, deployments: readonly KubeObject[]): Problem {
  const isAtZero = deployments.length > 0 && deployments.every(each => replicasOf(each) === 0)
  return isAtZero ? atZero(endpoint) : notReady(endpoint.name)
}

/** A warning: what is ready, and has no pod because nobody asks for one, is not wrong. */
function atZero(endpoint: Endpoint): Problem {
  const { name } = endpoint
  const { comes, wake } = waking(endpoint)
  return {
    code: 'smoke-failed',
    severity: 'warning',
    message: `${name} is scaled to zero: there is no pod to ask${comes}`,
    endpoint: name,
    remedy: `${wake}, then run slipway smoke ${name}.`,
  }
}

function waking(endpoint: Endpoint): { comes: string; wake: string } {
  const keep = 'or keep one (spec.scaling.min: 1)'
  if (isServerless(endpoint))
    return {
      comes: ' until a request comes',
      wake: `Send it a request by its own address, which brings a pod, ${keep}`,
    }
  if (endpoint.spec.scaling?.min === 0)
    return {
      comes: ' until its autoscaler brings one',
      wake: `Give what spec.scaling looks at something to count, ${keep}`,
    }
  return { comes: '', wake: 'Scale it up (spec.replicas)' }
}

function notReady(name: string): Problem {
  return problemWith({
    code: 'smoke-failed',
    message: `${name} has no pod that is ready`,
    endpoint: name,
    remedy: `See why: slipway status ${name}.`,
  })
}
