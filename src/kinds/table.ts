import { compareText, groupOf, type KubeObject } from '../object/index.ts'
import { CERTIFICATE } from './certificate.ts'
import { CONFIG_MAP } from './config-map.ts'
import { CRON_JOB } from './cron-job.ts'
import { CUSTOM_RESOURCE_DEFINITION } from './custom-resource-definition.ts'
import { DAEMON_SET } from './daemon-set.ts'
import { DEPLOYMENT } from './deployment.ts'
import { EXTERNAL_SECRET } from './external-secret.ts'
import { GATEWAY } from './gateway.ts'
import { GRPC_ROUTE } from './grpc-route.ts'
import { HORIZONTAL_POD_AUTOSCALER } from './horizontal-pod-autoscaler.ts'
import { HTTP_ROUTE } from './http-route.ts'
import { INFERENCE_SERVICE } from './inference-service.ts'
import { INGRESS } from './ingress.ts'
import { CLUSTER_ISSUER, ISSUER } from './issuer.ts'
import { JOB } from './job.ts'
import type { Kind, Provided, Type } from './kind.ts'
import { LEADER_WORKER_SET } from './leader-worker-set.ts'
import { LLM_INFERENCE_SERVICE } from './llm-inference-service.ts'
import { NAMESPACE } from './namespace.ts'
import { NETWORK_POLICY } from './network-policy.ts'
import { PERSISTENT_VOLUME_CLAIM } from './persistent-volume-claim.ts'
import { POD } from './pod.ts'
import { POD_DISRUPTION_BUDGET } from './pod-disruption-budget.ts'
import { REPLICA_SET } from './replica-set.ts'
import { DEVICE_CLASS, RESOURCE_CLAIM, RESOURCE_CLAIM_TEMPLATE } from './resource-claim.ts'
import { ROLE } from './role.ts'
import { ROLE_BINDING } from './role-binding.ts'
import { SCALED_JOB } from './scaled-job.ts'
import { SCALED_OBJECT } from './scaled-object.ts'
import { PRIORITY_CLASS, RUNTIME_CLASS } from './scheduling-classes.ts'
import { SEALED_SECRET } from './sealed-secret.ts'
import { SECRET } from './secret.ts'
import { CLUSTER_SECRET_STORE, SECRET_STORE } from './secret-store.ts'
import { SERVICE } from './service.ts'
import { SERVICE_ACCOUNT } from './service-account.ts'
import { SERVICE_MONITOR } from './service-monitor.ts'
import { STATEFUL_SET } from './stateful-set.ts'
import { STORAGE_CLASS } from './storage-class.ts'
import { WAVES, type Wave } from './wave.ts'

/** Every kind that slipway knows something of. What follows their order: what is looked for first, and permissions. */
export const KINDS: readonly Kind[] = [
  INFERENCE_SERVICE,
  LLM_INFERENCE_SERVICE,
  DEPLOYMENT,
  REPLICA_SET,
  STATEFUL_SET,
  DAEMON_SET,
  LEADER_WORKER_SET,
  JOB,
  CRON_JOB,
  SERVICE,
  HORIZONTAL_POD_AUTOSCALER,
  POD_DISRUPTION_BUDGET,
  INGRESS,
  GATEWAY,
  HTTP_ROUTE,
  GRPC_ROUTE,
  SCALED_OBJECT,
  SCALED_JOB,
  NETWORK_POLICY,
  SERVICE_MONITOR,
  SERVICE_ACCOUNT,
  CONFIG_MAP,
  SECRET,
  EXTERNAL_SECRET,
  SECRET_STORE,
  CLUSTER_SECRET_STORE,
  SEALED_SECRET,
  CERTIFICATE,
  ISSUER,
  CLUSTER_ISSUER,
  PERSISTENT_VOLUME_CLAIM,
  STORAGE_CLASS,
  PRIORITY_CLASS,
  RUNTIME_CLASS,
  DEVICE_CLASS,
  RESOURCE_CLAIM,
  RESOURCE_CLAIM_TEMPLATE,
  ROLE,
  ROLE_BINDING,
  NAMESPACE,
  CUSTOM_RESOURCE_DEFINITION,
  POD,
]

/** Treated like configuration, awaited, deleted in the foreground. */
const UNKNOWN: Omit<Kind, 'apiVersion' | 'kind'> = { wave: 'configuration' }

const BY_NAME = Map.groupBy(KINDS, ({ kind }) => kind)

/** What is known of an object's kind, whatever the version. */
export function kindOf(type: Type): Kind {
  const { apiVersion, kind } = type
  const known = BY_NAME.get(kind)?.find(each => isOf(type, each))
  return known ?? { ...UNKNOWN, apiVersion, kind }
}

/** Whether an object or a reference is of that kind, whatever the version. */
export function isOf({ apiVersion, kind }: Type, other: Type): boolean {
  return (
    kind === other.kind &&
    (apiVersion === other.apiVersion || groupOf(apiVersion) === groupOf(other.apiVersion))
  )
}

/** Where only the name is said. */
export function kindNamed(kind: string): Kind | undefined {
  return BY_NAME.get(kind)?.[0]
}

/** Every kind that an endpoint can become: what a set may hold, when nobody says what it holds. A test renders all of them, and no other. */
export const RENDERED_TYPES = typesOf(({ isRendered }) => isRendered === true)

/** Their names. */
export const RENDERED_KINDS: readonly string[] = RENDERED_TYPES.map(({ kind }) => kind)

/** Those that lead to pods or to a workload: by a selector, a target, a backend, or because they run pods. */
export const RELATED_TYPES = typesOf(
  ({ isRendered, pods, selects, scales, route }) =>
    isRendered === true && [pods, selects, scales, route].some(each => each !== undefined),
)

/** Those that run pods until they are deleted, and that no endpoint becomes. */
export const OTHER_WORKLOADS = typesOf(
  ({ isRendered, wave }) => isRendered !== true && wave === 'workload',
)

function typesOf(isOne: (kind: Kind) => boolean): readonly Type[] {
  const types = KINDS.filter(isOne).map(({ apiVersion, kind }) => ({ apiVersion, kind }))
  return types.toSorted(
    (a, b) => compareText(a.apiVersion, b.apiVersion) || compareText(a.kind, b.kind),
  )
}

/** What may stand beside a workload under a name made from the workload's. */
export const SUFFIXED = KINDS.flatMap(({ apiVersion, kind, suffix }) =>
  suffix === undefined ? [] : [{ apiVersion, kind, suffix }],
)

/** Those whose controllers make something that pods use. */
export const PROVIDERS = KINDS.filter(({ provides }) => provides !== undefined)

/** What an object's controller makes of it for pods to use. */
export function providedBy(object: KubeObject): Provided[] {
  return kindOf(object).provides?.(object) ?? []
}

export function waveOf(type: Type): Wave {
  return kindOf(type).wave
}

export function waveRank(type: Type): number {
  return WAVES.indexOf(waveOf(type))
}
