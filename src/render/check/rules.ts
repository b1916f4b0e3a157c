import { containerPortDuplicate } from './container-port-duplicate.ts'
import { gpuRequest } from './gpu-request.ts'
import { deviceClaim } from './device-claim.ts'
import { gpuRollout } from './gpu-rollout.ts'
import { gracePeriod } from './grace-period.ts'
import { hostClash } from './host-clash.ts'
import { hpaBehavior } from './hpa-behavior.ts'
import { hpaBounds } from './hpa-bounds.ts'
import { hpaMetrics } from './hpa-metrics.ts'
import { hpaReplicas } from './hpa-replicas.ts'
import { hpaTarget } from './hpa-target.ts'
import { imageVolume } from './image-volume.ts'
import { jobTemplate } from './job-template.ts'
import { kserveContainerFirst } from './kserve-container-first.ts'
import { kserveEnv } from './kserve-env.ts'
import { kserveMode } from './kserve-mode.ts'
import { kserveNames } from './kserve-names.ts'
import { kserveResources } from './kserve-resources.ts'
import { kserveScaling } from './kserve-scaling.ts'
import { kserveWebhook } from './kserve-webhook.ts'
import { labelsReserved } from './labels-reserved.ts'
import { loadBudget } from './load-budget.ts'
import { metadataReserved } from './metadata-reserved.ts'
import { nameClash } from './name-clash.ts'
import { networkPolicy } from './network-policy.ts'
import { nodePools } from './node-pools.ts'
import { objectNames } from './object-names.ts'
import { pdbDrain } from './pdb-drain.ts'
import { podSecurity } from './pod-security.ts'
import { portIngress } from './port-ingress.ts'
import { portMetrics } from './port-metrics.ts'
import { portProbe } from './port-probe.ts'
import { portService } from './port-service.ts'
import { portSmoke } from './port-smoke.ts'
import { referenceMissing } from './reference-missing.ts'
import type { Rule } from './rule.ts'
import { scaleToZero } from './scale-to-zero.ts'
import { schema } from './schema.ts'
import { selectorPdb } from './selector-pdb.ts'
import { selectorService } from './selector-service.ts'
import { selectorTemplate } from './selector-template.ts'
import { sharedMemory } from './shared-memory.ts'
import { shellSignal } from './shell-signal.ts'
import { volumeMount } from './volume-mount.ts'
import { volumeRollout } from './volume-rollout.ts'

export const RULES: readonly Rule[] = [
  portProbe,
  portService,
  portIngress,
  portSmoke,
  portMetrics,
  containerPortDuplicate,
  selectorService,
  selectorPdb,
  networkPolicy,
  selectorTemplate,
  hpaTarget,
  hpaReplicas,
  hpaBounds,
  hpaMetrics,
  hpaBehavior,
  scaleToZero,
  nameClash,
  hostClash,
  objectNames,
  labelsReserved,
  metadataReserved,
  referenceMissing,
  volumeMount,
  imageVolume,
  deviceClaim,
  jobTemplate,
  sharedMemory,
  gracePeriod,
  shellSignal,
  loadBudget,
  gpuRequest,
  gpuRollout,
  volumeRollout,
  nodePools,
  pdbDrain,
  podSecurity,
  kserveContainerFirst,
  kserveNames,
  kserveResources,
  kserveScaling,
  kserveEnv,
  kserveMode,
  kserveWebhook,
  schema,
]
