import { KSERVE } from '../kinds/index.ts'
import type { JsonMap } from '../object/index.ts'
import type { Place } from '../problem/index.ts'

export interface SupportedModelFormat {
  name: string
  version?: string | undefined
  autoSelect?: boolean | undefined
  priority?: number | undefined
}

export type Container = JsonMap & { name: string }

/** Of serving.kserve.io/v1alpha1; everything else a pod may have is kept as it is. */
export interface ServingRuntimeSpec {
  supportedModelFormats?: readonly SupportedModelFormat[] | undefined
  protocolVersions?: readonly string[] | undefined
  disabled?: boolean | undefined
  multiModel?: boolean | undefined
  workerSpec?: JsonMap | undefined
  containers: readonly Container[]
  labels?: Record<string, string> | undefined
  annotations?: Record<string, string> | undefined
  [field: string]: unknown
}

export interface ServingRuntime {
  kind: 'ServingRuntime' | 'ClusterServingRuntime'
  name: string
  /** Of a ServingRuntime; undefined: of every namespace that it is applied to. */
  namespace?: string | undefined
  annotations: Record<string, string>
  spec: ServingRuntimeSpec
  /** Of a field of the manifest, or of its nearest ancestor there. */
  placeOf: (path: readonly (string | number)[]) => Place
}

/** KServe's name for the container that serves the model. */
export const SERVING_CONTAINER = KSERVE.container

export function servingContainer({ spec }: ServingRuntime): Container | undefined {
  return spec.containers.find(({ name }) => name === SERVING_CONTAINER)
}
