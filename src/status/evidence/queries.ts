import type { ListQuery } from '../../cluster/index.ts'
import { MADE_OF_UNMARKED } from '../../kinds/index.ts'
import { ENDPOINT_LABEL } from '../../object/index.ts'

/** What belongs to the endpoints of a namespace and what explains them: apply, status and the diagnostics bundle read by these. */

/**
 * What controllers make of the objects. Pods carry the endpoint's label; KServe copies it to what it makes, and has one of its own for the
 * rest: of InferenceServices that carry none of ours.
 */
export function childQueries(
  namespace: string,
  { hasUnmarked = false }: { hasUnmarked?: boolean } = {},
): ListQuery[] {
  const kserves = hasUnmarked ? [MADE_OF_UNMARKED] : []
  return [ENDPOINT_LABEL, ...kserves].flatMap(labelSelector => [
    { apiVersion: 'apps/v1', kind: 'Deployment', namespace, labelSelector },
    { apiVersion: 'apps/v1', kind: 'ReplicaSet', namespace, labelSelector },
    { apiVersion: 'v1', kind: 'Pod', namespace, labelSelector },
  ])
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
    ]),
  ]
}
