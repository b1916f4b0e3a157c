import type { KubeObject } from '../object/index.ts'

/** The parts of Kubernetes' types that readiness looks at; the API server vouches for their types, nothing for their presence. */

export interface Condition {
  type: string
  status: string
  reason?: string
  message?: string
  lastTransitionTime?: string
  lastUpdateTime?: string
  observedGeneration?: number
}

export interface LabelSelector {
  matchLabels?: Record<string, string>
  matchExpressions?: { key: string; operator: string; values?: string[] }[]
}

export interface Workload extends KubeObject {
  spec?: {
    replicas?: number
    paused?: boolean
    selector?: LabelSelector
    template?: PodTemplate
    updateStrategy?: { type?: string; rollingUpdate?: { partition?: number } }
  }
  status?: {
    observedGeneration?: number
    replicas?: number
    updatedReplicas?: number
    readyReplicas?: number
    availableReplicas?: number
    currentRevision?: string
    updateRevision?: string
    conditions?: Condition[]
  }
}

interface PodTemplate {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> }
  spec?: PodSpec
}

export interface Pod extends KubeObject {
  spec?: PodSpec
  status?: PodStatus
}

export interface PodSpec {
  nodeName?: string
  containers?: Container[]
  initContainers?: Container[]
  volumes?: Volume[]
  serviceAccountName?: string
  imagePullSecrets?: { name?: string }[]
  [field: string]: unknown
}

export interface Container {
  name: string
  image?: string
  ports?: { name?: string; containerPort: number }[]
  resources?: {
    requests?: Record<string, string | number>
    limits?: Record<string, string | number>
  }
  livenessProbe?: Probe
  readinessProbe?: Probe
  startupProbe?: Probe
  restartPolicy?: string
  command?: string[]
  args?: string[]
  env?: { name: string; value?: string }[]
  [field: string]: unknown
}

export interface Probe {
  httpGet?: { path?: string; port?: number | string; scheme?: string }
  tcpSocket?: { port?: number | string }
  grpc?: { port?: number }
  exec?: { command?: string[] }
}

interface Volume {
  name: string
  persistentVolumeClaim?: { claimName: string }
  ephemeral?: { volumeClaimTemplate?: { spec?: { storageClassName?: string } } }
}

interface PodStatus {
  phase?: string
  reason?: string
  message?: string
  conditions?: Condition[]
  containerStatuses?: ContainerStatus[]
  initContainerStatuses?: ContainerStatus[]
}

export interface ContainerStatus {
  name: string
  ready?: boolean
  started?: boolean
  restartCount?: number
  state?: ContainerState
  lastState?: ContainerState
}

interface ContainerState {
  waiting?: { reason?: string; message?: string }
  running?: { startedAt?: string }
  terminated?: Terminated
}

export interface Terminated {
  exitCode: number
  signal?: number
  reason?: string
  message?: string
  startedAt?: string
  finishedAt?: string
}

export interface VolumeClaim extends KubeObject {
  spec?: { storageClassName?: string }
  status?: { phase?: string }
}

export interface Service extends KubeObject {
  spec?: {
    type?: string
    clusterIP?: string
    externalName?: string
    selector?: Record<string, string>
    ports?: { port?: number }[]
  }
  status?: { loadBalancer?: LoadBalancer }
}

export interface Ingress extends KubeObject {
  spec?: {
    rules?: { host?: string; http?: { paths?: { path?: string }[] } }[]
    tls?: { hosts?: string[] }[]
  }
  status?: { loadBalancer?: LoadBalancer }
}

export interface LoadBalancer {
  ingress?: { ip?: string; hostname?: string }[]
}

/** core/v1 Event; events.k8s.io/v1 says `regarding` and `note`. */
export interface KubeEvent extends KubeObject {
  involvedObject?: EventSubject
  regarding?: EventSubject
  type?: string
  reason?: string
  message?: string
  note?: string
  count?: number
  series?: { count?: number; lastObservedTime?: string }
  firstTimestamp?: string
  lastTimestamp?: string
  eventTime?: string
}

export interface EventSubject {
  kind?: string
  namespace?: string
  name?: string
  uid?: string
  /** `spec.containers{server}` */
  fieldPath?: string
}

export interface InferenceService extends KubeObject {
  spec?: { predictor?: Predictor; [component: string]: unknown }
  status?: {
    url?: string
    conditions?: Condition[]
    deploymentMode?: string
    /** Of predictor, transformer, explainer; in Knative mode. */
    components?: Record<string, ComponentRevisions>
    modelStatus?: ModelStatus
  }
}

interface ComponentRevisions {
  latestCreatedRevision?: string
  latestReadyRevision?: string
  /** The last one that got all requests. */
  latestRolledoutRevision?: string
  /** The one before it. */
  previousRolledoutRevision?: string
  /** As Knative's route has it, in whole percent. */
  traffic?: { revisionName?: string; percent?: number }[]
}

export interface Predictor extends PodSpec {
  minReplicas?: number
  canaryTrafficPercent?: number
  model?: Partial<Container> & { storageUri?: string; modelFormat?: { name?: string } }
}

interface ModelStatus {
  transitionStatus?: string
  lastFailureInfo?: {
    reason?: string
    message?: string
    exitCode?: number
    time?: string
  }
}
