import type { ListQuery } from '../../cluster/index.ts'
import {
  DEPLOYMENT,
  MADE_OF_LLM,
  MADE_OF_UNMARKED,
  POD,
  REPLICA_SET,
  podQueryOf,
  type Type,
} from '../../kinds/index.ts'
import { ENDPOINT_LABEL, type KubeObject } from '../../object/index.ts'

/** What belongs to the endpoints of a namespace and what explains them: apply, status and the diagnostics bundle read by these. */

interface Members {
  /** Live members of the set; of other namespaces, too, which are not asked about. */
  members: readonly KubeObject[]
  /** InferenceServices are among them that carry no label of ours, though here they look as if they did. */
  hasUnmarked?: boolean
}

/** Beyond these, one question about all there is costs less. */
const MOST_SELECTORS = 4

/** By what else than by their own selectors the Deployments are found that KServe makes. */
const WITH_DEPLOYMENTS = [ENDPOINT_LABEL, MADE_OF_UNMARKED, MADE_OF_LLM]

/**
 * What controllers make of the objects. Pods carry the endpoint's label; KServe copies it to what it makes, and has one of its own for the
 * rest. Those of a Deployment that was adopted as it ran are found by its own selector.
 */
export function childQueries(
  namespace: string,
  { members, hasUnmarked = false }: Members,
): ListQuery[] {
  const own = members.filter(({ metadata }) => metadata.namespace === namespace)
  const marks = [ENDPOINT_LABEL, ...(hasUnmarked ? [MADE_OF_UNMARKED] : [])]
  const selectors = [...new Set([...marks, ...own.flatMap(each => podQueryOf(each) ?? [])])]
  const kserves = selectors.filter(each => WITH_DEPLOYMENTS.includes(each))
  return [
    ...queriesOf(DEPLOYMENT, namespace, kserves),
    ...queriesOf(REPLICA_SET, namespace, selectors),
    ...queriesOf(POD, namespace, selectors),
  ]
}

function queriesOf(type: Type, namespace: string, selectors: readonly string[]): ListQuery[] {
  const { apiVersion, kind } = type
  if (selectors.length > MOST_SELECTORS) return [{ apiVersion, kind, namespace }]
  return selectors.map(labelSelector => ({ apiVersion, kind, namespace, labelSelector }))
}

/** Read when something is not ready. Who may not read one of them gets a poorer explanation, so each may fail by itself. */
export function evidenceQueries(namespaces: readonly string[]): ListQuery[] {
  return [
    { apiVersion: 'v1', kind: 'Node' },
    { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' },
    ...namespaces.flatMap(namespace => [
      { apiVersion: 'v1', kind: 'Event', namespace },
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace },
      { apiVersion: 'v1', kind: 'LimitRange', namespace },
      { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace },
    ]),
  ]
}
