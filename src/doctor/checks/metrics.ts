import { ClusterError, type Cluster } from '../../cluster/index.ts'
import { HORIZONTAL_POD_AUTOSCALER, isKserve, isOf, replicasOf } from '../../kinds/index.ts'
import { at, entries, number, type KubeObject } from '../../object/index.ts'
import { about, type Check, type Finding } from '../finding.ts'

/** What autoscalers read: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#support-for-metrics-apis */
const APIS = {
  Resource: { group: 'metrics.k8s.io', from: 'metrics-server' },
  Pods: { group: 'custom.metrics.k8s.io', from: 'prometheus-adapter or KEDA' },
  Object: { group: 'custom.metrics.k8s.io', from: 'prometheus-adapter or KEDA' },
  External: { group: 'external.metrics.k8s.io', from: 'KEDA or prometheus-adapter' },
} as const

type Source = keyof typeof APIS

export const metrics: Check = async ({ cluster, objects }) => {
  const sources = new Set(objects.flatMap(({ object }) => sourcesOf(object)))
  if (sources.size === 0) return about('metrics API').notNeeded('no endpoint scales by metrics')
  const groups = new Map([...sources].map(source => [APIS[source].group, APIS[source]]))
  return Promise.all([...groups.values()].map(api => look(cluster, api)))
}

function sourcesOf(object: KubeObject): Source[] {
  if (isKserve(object)) {
    const min = replicasOf(object) ?? 1
    return (number(at(object, 'spec', 'predictor', 'maxReplicas')) ?? min) > min ? ['Resource'] : []
  }
  if (!isOf(object, HORIZONTAL_POD_AUTOSCALER)) return []
  return entries(at(object, 'spec', 'metrics')).map(({ type }) =>
    type === 'Pods' || type === 'Object' || type === 'External' ? type : 'Resource',
  )
}

async function look(cluster: Cluster, { group, from }: (typeof APIS)[Source]): Promise<Finding> {
  const say = about(`metrics API ${group}`)
  try {
    const [version] = await cluster.versions(group)
    if (version === undefined)
      return say.warning(
        'is not served: endpoints keep their minimum of replicas',
        `Install ${from}, or take scaling out of the specs.`,
      )
    // Only asking for its kinds shows whether what stands behind it answers.
    if (group === APIS.Resource.group)
      await cluster.kind({ apiVersion: version, kind: 'PodMetrics' })
    return say.ok(version)
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error
    return say.warning(
      `does not answer: ${error.message}`,
      `See whether ${from} runs: kubectl get apiservices, column AVAILABLE.`,
    )
  }
}
