import { isServerless, type Endpoint } from '../../spec/index.ts'
import {
  isKserve,
  KSERVE,
  podLabelsOf,
  podSpecOf,
  predictorSelector,
  replicasOf,
  strategyOf,
} from '../../kinds/index.ts'
import {
  at,
  entries,
  isTracked,
  members,
  type JsonMap,
  type KubeObject,
} from '../../object/index.ts'
import { servedPod } from '../../serving-runtime/index.ts'
import type { Rendering } from '../rendered.ts'

/** The pods that a rendered workload leads to. */
export interface Pods {
  workload: Rendering
  /** Whose settings they have: the endpoint's, or its candidate's. */
  endpoint: Endpoint
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
  const { object } = workload
  const labels = podLabelsOf(object)
  if (labels === undefined) return undefined
  const endpoint = shownBy(workload)
  const spec = servedBy(object, endpoint) ?? podSpecOf(object)
  const containers = entries(at(spec, 'containers'))
  const names = [endpoint.spec.containerName ?? 'server', KSERVE.container]
  const server = containers.find(({ name }) => names.includes(String(name)))
  return {
    workload,
    endpoint,
    namespace: namespaceOf(object),
    labels: { ...labels, ...selected(workload) },
    spec,
    containers,
    server: server ?? containers[0],
    replicas: replicasOf(object) ?? endpoint.spec.scaling?.min ?? 1,
    strategy: strategyOf(object),
  }
}

/** A candidate has a Deployment of its own; of an InferenceService it is what is written, as Knative keeps what served before. */
function shownBy({ object, endpoint }: Rendering): Endpoint {
  const isCandidate = isTracked(object) || isKserve(object)
  return (isCandidate ? endpoint.candidate?.endpoint : undefined) ?? endpoint
}

/** The pod that KServe makes of a model and its serving runtime. */
function servedBy(object: KubeObject, endpoint: Endpoint): unknown {
  const predictor = members(at(object, 'spec', 'predictor'))
  if (endpoint.serving === undefined || predictor['model'] === undefined) return undefined
  const { name, namespace = '', labels = {}, annotations = {} } = object.metadata
  const given = { predictor, name, namespace, labels, annotations }
  return servedPod(given, endpoint.serving.runtime).spec
}

/** What KServe's own Deployment and Service select by. */
function selected({ object, endpoint }: Rendering): Record<string, string> {
  return isKserve(object) && !isServerless(endpoint) ? predictorSelector(object.metadata.name) : {}
}

export function namespaceOf(object: KubeObject): string {
  return object.metadata.namespace ?? ''
}
