import type { Cluster } from '../../cluster/index.ts'
import { DEPLOYMENT, podSelectorOf, predictorLabels, selectorText } from '../../kinds/index.ts'
import { ENDPOINT_LABEL, slotNames, createdAt, type KubeObject } from '../../object/index.ts'
import { workloadName, type Endpoint } from '../../spec/index.ts'
import { phaseOf } from '../../status/index.ts'

/** Pods that serve an endpoint, newest first. Throws ClusterError. */
export async function readyPods(cluster: Cluster, endpoint: Endpoint): Promise<KubeObject[]> {
  const { namespace } = endpoint
  const labelSelector = await podSelector(cluster, endpoint)
  const { items } = await cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace, labelSelector })
  return items
    .filter(pod => phaseOf(pod).phase === 'ready')
    .toSorted((a, b) => createdAt(b) - createdAt(a))
}

async function podSelector(cluster: Cluster, endpoint: Endpoint): Promise<string> {
  if (endpoint.spec.runtime === 'kserve') return kserveSelector(endpoint)
  // Its own: pods of a Deployment that was adopted as it ran carry no label of ours.
  const [deployment] = await servingDeployments(cluster, endpoint)
  const selector = deployment && podSelectorOf(deployment)
  return selector === undefined
    ? `${ENDPOINT_LABEL}=${workloadName(endpoint)}`
    : selectorText(selector)
}

/** The Deployment at whose pods requests come in; under Knative one for each revision. Throws ClusterError. */
export async function servingDeployments(
  cluster: Cluster,
  endpoint: Endpoint,
): Promise<KubeObject[]> {
  const { name, namespace, spec } = endpoint
  const { apiVersion, kind } = DEPLOYMENT
  const isKserves = spec.runtime === 'kserve'
  const labelSelector = isKserves ? kserveSelector(endpoint) : `${ENDPOINT_LABEL}=${name}`
  const { items: found } = await cluster.list({ apiVersion, kind, namespace, labelSelector })
  if (isKserves) return found
  const serving =
    found.find(({ metadata }) => metadata.name === workloadName(endpoint)) ??
    // Of two that take turns, the other is not meant.
    found.find(({ metadata }) => !slotNames(name).includes(metadata.name))
  return serving === undefined ? [] : [serving]
}

/** Under KServe requests come in at the transformer, where there is one; pods of an adopted InferenceService have KServe's labels alone. */
function kserveSelector({ name, spec }: Endpoint): string {
  const component = spec.kserve.transformer === undefined ? 'predictor' : 'transformer'
  const matchLabels = { ...predictorLabels(name), component }
  return selectorText({ matchLabels, matchExpressions: [] })
}
