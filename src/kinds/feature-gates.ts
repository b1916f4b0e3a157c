import { groupOf } from '../object/index.ts'
import type { Type } from './kind.ts'

/**
 * Fields that a server knows and yet does not store where their feature gate is off, without a word
 * (pkg/features/kube_features.go and the strategies in pkg/registry of Kubernetes 1.37.2).
 */
export interface FeatureGate {
  name: string
  /** The path of the field that it is for. */
  field: string
  /** The first minor version of Kubernetes that has it on without being asked. */
  onFrom?: number
}

/** By the paths of fields, such as `spec.template.spec.volumes[name=model].image.reference`. */
const GATES: [field: RegExp, gate: Omit<FeatureGate, 'field'>][] = [
  [/\.volumes\[[^\]]*\]\.image\b/, { name: 'ImageVolume', onFrom: 35 }],
  [/\.resources\.claims\b|\.resourceClaims\b/, { name: 'DynamicResourceAllocation', onFrom: 34 }],
  [/\.lifecycle\.stopSignal\b/, { name: 'ContainerStopSignals' }],
  [/\.hostnameOverride\b/, { name: 'HostnameOverride', onFrom: 35 }],
  [/\.valueFrom\.fileKeyRef\b/, { name: 'EnvFiles', onFrom: 35 }],
  [/\.restartPolicyRules\b/, { name: 'ContainerRestartRules', onFrom: 35 }],
  [/\.hostUsers\b/, { name: 'UserNamespacesSupport', onFrom: 33 }],
  [/\.securityContext\.procMount\b/, { name: 'ProcMountType', onFrom: 33 }],
  [/\.supplementalGroupsPolicy\b/, { name: 'SupplementalGroupsPolicy', onFrom: 33 }],
  [/\.resizePolicy\b/, { name: 'InPlacePodVerticalScaling', onFrom: 33 }],
  [/\.recursiveReadOnly\b/, { name: 'RecursiveReadOnlyMounts', onFrom: 31 }],
  [/\.template\.spec\.resources\b/, { name: 'PodLevelResources', onFrom: 34 }],
  [/\.behavior\.scale(Up|Down)\.tolerance\b/, { name: 'HPAConfigurableTolerance', onFrom: 35 }],
]

export function featureGateOf(path: string): FeatureGate | undefined {
  for (const [pattern, gate] of GATES) {
    const found = pattern.exec(path)
    if (found !== null) return { ...gate, field: path.slice(0, found.index + found[0].length) }
  }
  return undefined
}

const GROUPS = new Set(['', 'apps', 'autoscaling', 'batch', 'policy'])
const MORE_GROUPS = /^(networking|rbac\.authorization|resource|scheduling|storage)\.k8s\.io$/

/** Kinds that the API server itself has, and not by a definition: what it does not store of them was not lost by a conversion. */
export function isOfKubernetes({ apiVersion }: Pick<Type, 'apiVersion'>): boolean {
  const group = groupOf(apiVersion)
  return GROUPS.has(group) || MORE_GROUPS.test(group)
}
