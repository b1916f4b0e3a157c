/** What is known of each kind of object: one file for each, joined by table.ts. */
export { kindCalled } from './called.ts'
export { claimsLost, claimsOf, contestedBy } from './claims.ts'
export { hostsClaimed } from './claimed-hosts.ts'
export { isClusterWide } from './cluster-wide.ts'
export { isFreelyNamed, isServerDefault } from './defaults.ts'
export type { FieldPlace } from './defaults.ts'
export { DEPLOYMENT } from './deployment.ts'
export { EVENT, LIMIT_RANGE, NODE } from './evidence.ts'
export { STORAGE_CLASS } from './storage-class.ts'
export { devicesClaimed } from './devices.ts'
export { featureGateOf, isOfKubernetes } from './feature-gates.ts'
export type { FeatureGate } from './feature-gates.ts'
export { gpuKindsIn, gpusIn, isGpu, takesGpus } from './gpus.ts'
export { HORIZONTAL_POD_AUTOSCALER } from './horizontal-pod-autoscaler.ts'
export { HTTP_ROUTE } from './http-route.ts'
export {
  asksForKnative,
  asksToStop,
  FRAMEWORKS,
  isKnative,
  isOfModelMesh,
  isStandard,
  KSERVE,
  MADE_OF_UNMARKED,
  makesRevision,
  modeName,
  predictorLabels,
  predictorName,
  predictorSelector,
  SHARE,
  shareOf,
  todaysMode,
} from './inference-service.ts'
export { INGRESS } from './ingress.ts'
export type { Backend, Kind, Reference, Scale, Target, Type } from './kind.ts'
export { limitsOf, type Limit } from './limit-range.ts'
export { NETWORK_POLICY } from './network-policy.ts'
export { POD_DISRUPTION_BUDGET } from './pod-disruption-budget.ts'
export { POD } from './pod.ts'
export { configuresProxy } from './proxies.ts'
export { podQueryOf, podSelectorOf, selectorText } from './pod-selector.ts'
export {
  containersIn,
  imageVolumesIn,
  isKserve,
  isRuntime,
  isWorkload,
  podAmounts,
  podAnnotationsOf,
  podLabelsOf,
  podSpecOf,
  podSpecPath,
  replicasOf,
  strategyOf,
  wholePodOf,
} from './pods.ts'
export { referencesOf } from './references.ts'
export { REPLICA_SET } from './replica-set.ts'
export { groupKind, resourceOf } from './resource.ts'
export { ROLE } from './role.ts'
export { ROLE_BINDING } from './role-binding.ts'
export { PRIORITY_CLASS } from './scheduling-classes.ts'
export {
  DEVICE_CLASS,
  RESOURCE_CLAIM,
  RESOURCE_CLAIM_TEMPLATE,
  RESOURCE_SLICE,
} from './resource-claim.ts'
export { SCALED_OBJECT } from './scaled-object.ts'
export { CONFIG_MAP } from './config-map.ts'
export { SECRET } from './secret.ts'
export { isEmpty, labelSelector, matches, plainSelector, selectorOf } from './selector.ts'
export type { Selector } from './selector.ts'
export { rangeOf, servedBy } from './server.ts'
export { SERVICE_ACCOUNT } from './service-account.ts'
export { SERVICE_MONITOR } from './service-monitor.ts'
export { ENDPOINTS, ENDPOINT_SLICE, SERVICE } from './service.ts'
export {
  isOf,
  kindNamed,
  kindOf,
  OTHER_WORKLOADS,
  PROVIDERS,
  providedBy,
  RELATED_TYPES,
  RENDERED_KINDS,
  RENDERED_TYPES,
  SUFFIXED,
  waveOf,
  waveRank,
} from './table.ts'
export { inWaves, WAVES } from './wave.ts'
export type { Wave } from './wave.ts'
export { CERTIFICATE } from './certificate.ts'
export { CLUSTER_ISSUER } from './issuer.ts'
export { CLUSTER_SECRET_STORE } from './secret-store.ts'
export { CUSTOM_RESOURCE_DEFINITION } from './custom-resource-definition.ts'
export { DAEMON_SET } from './daemon-set.ts'
export { EXTERNAL_SECRET } from './external-secret.ts'
export { GATEWAY, REFERENCE_GRANT } from './gateway.ts'
export { GRPC_ROUTE } from './grpc-route.ts'
export { INFERENCE_SERVICE } from './inference-service.ts'
export { ISSUER } from './issuer.ts'
export { CRON_JOB } from './cron-job.ts'
export { JOB } from './job.ts'
export { LEADER_WORKER_SET } from './leader-worker-set.ts'
export { LLM_INFERENCE_SERVICE, MADE_OF_LLM } from './llm-inference-service.ts'
export { NAMESPACE } from './namespace.ts'
export { PERSISTENT_VOLUME_CLAIM } from './persistent-volume-claim.ts'
export { SCALED_JOB } from './scaled-job.ts'
export { SECRET_STORE } from './secret-store.ts'
export { STATEFUL_SET } from './stateful-set.ts'
export { OTHER_ROUTES } from './other-routes.ts'
