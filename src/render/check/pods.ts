import { isServerless, KSERVE, predictorLabels, predictorSelector } from '../../../charts/index.ts'
import { at, entries, members, number, texts } from '../../object/index.ts'
import type { JsonMap, KubeObject } from '../../object/index.ts'
import { servedPod } from '../../serving-runtime/index.ts'
import type { Rendering } from '../rendered.ts'

/** The pods that a rendered workload leads to. */
export interface Pods {
  workload: Rendering
  namespace: string
  labels: Record<string, string>
  spec: unknown
  containers: JsonMap[]
  /** The model server's, among them. */
  server: JsonMap | undefined
  /** How many there always are. */
  replicas: number
  strategy: unknown
}

/** Undefined for kinds without pods. */
export function podsOf(workload: Rendering): Pods | undefined {
  const { kind } = workload.object
  if (kind === 'Deployment') return deploymentPods(workload)
  return kind === KSERVE.kind ? predictorPods(workload) : undefined
}

function deploymentPods(workload: Rendering): Pods {
  const { object, endpoint } = workload
  const template = at(object, 'spec', 'template')
  const { scaling } = endpoint.spec
  const replicas = number(at(object, 'spec', 'replicas'))
  return {
    ...podParts(workload, at(template, 'spec')),
    labels: texts(at(template, 'metadata', 'labels')),
    replicas: replicas ?? (scaling === undefined ? 1 : (scaling.min ?? 1)),
    strategy: at(object, 'spec', 'strategy'),
  }
}

/** KServe puts the labels of the InferenceService and its own on the pods. */
function predictorPods(workload: Rendering): Pods {
  const { object, endpoint } = workload
  const predictor = at(object, 'spec', 'predictor')
  const { name, labels } = object.metadata
  return {
    ...podParts(workload, servedBy(workload) ?? predictor),
    labels: {
      ...labels,
      ...texts(at(predictor, 'labels')),
      ...predictorLabels(name),
      ...(isServerless(endpoint) ? {} : predictorSelector(name)),
    },
    replicas: number(at(predictor, 'minReplicas')) ?? 1,
    strategy: at(predictor, 'deploymentStrategy'),
  }
}

/** The pod that KServe makes of a model and its serving runtime. */
function servedBy({ object, endpoint }: Rendering): unknown {
  const predictor = members(at(object, 'spec', 'predictor'))
  if (endpoint.serving === undefined || predictor['model'] === undefined) return undefined
  const { name, namespace = '', labels = {}, annotations = {} } = object.metadata
  const given = { predictor, name, namespace, labels, annotations }
  return servedPod(given, endpoint.serving.runtime).spec
}

function podParts(workload: Rendering, spec: unknown) {
  const namespace = namespaceOf(workload.object)
  const containers = entries(at(spec, 'containers'))
  const server = containers.find(({ name }) => name === 'server' || name === KSERVE.container)
  return { workload, namespace, spec, containers, server: server ?? containers[0] }
}

export function namespaceOf(object: KubeObject): string {
  return object.metadata.namespace ?? ''
}
