import { PRIORITY_CLASS } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import type { PodSpec } from '../workloads.ts'

/** The scope that counts pods by their priority class. */
export const OF_PRIORITY = PRIORITY_CLASS.kind

/** A condition on the pods that a quota counts. */
export interface Scope {
  scopeName: string
  operator: string
  values?: string[]
}

/** All of them have to hold; a quota without any counts every pod. */
export function scopesOf(quota: KubeObject): Scope[] {
  const { scopes = [], scopeSelector } = (quota['spec'] ?? {}) as QuotaSpec
  const plain = scopes.map(scopeName => ({ scopeName, operator: 'Exists' }))
  return [...plain, ...(scopeSelector?.matchExpressions ?? [])]
}

interface QuotaSpec {
  scopes?: string[]
  scopeSelector?: { matchExpressions?: Scope[] }
}

/**
 * Whether a pod counts for a scope, by the API server's own rules: k8s.io/kubernetes, pkg/quota/v1/evaluator/core/pods.go.
 * A priority class that the cluster gives to pods without one has to be in the spec already.
 */
export function isInScope(pod: PodSpec, { scopeName, operator, values = [] }: Scope): boolean {
  switch (scopeName) {
    case 'Terminating':
      return pod.activeDeadlineSeconds !== undefined
    case 'NotTerminating':
      return pod.activeDeadlineSeconds === undefined
    case 'BestEffort':
      return isBestEffort(pod)
    case 'NotBestEffort':
      return !isBestEffort(pod)
    case OF_PRIORITY:
      return isSelected(pod.priorityClassName || undefined, operator, values)
    case 'CrossNamespacePodAffinity':
      return affinityTerms(pod).some(isAcrossNamespaces)
    default:
      // Of claims, not of pods.
      return false
  }
}

/** `PriorityClass In gold, silver`; `NotTerminating` */
export function scopeText({ scopeName, operator, values = [] }: Scope): string {
  if (operator === 'Exists' && scopeName !== OF_PRIORITY) return scopeName
  return [scopeName, operator, values.join(', ')].filter(Boolean).join(' ')
}

/** As a label selector: what is not there is not among the values. */
function isSelected(
  name: string | undefined,
  operator: string,
  values: readonly string[],
): boolean {
  if (operator === 'Exists') return name !== undefined
  if (operator === 'DoesNotExist') return name === undefined
  const isAmong = name !== undefined && values.includes(name)
  return operator === 'In' ? isAmong : !isAmong
}

/** No container asks for CPU or memory, or is limited in them. */
function isBestEffort({ containers = [], initContainers = [] }: PodSpec): boolean {
  return [...initContainers, ...containers].every(({ resources = {} }) =>
    ['cpu', 'memory'].every(
      name => resources.requests?.[name] === undefined && resources.limits?.[name] === undefined,
    ),
  )
}

interface AffinityTerm {
  namespaces?: string[]
  namespaceSelector?: object
}

interface Terms {
  requiredDuringSchedulingIgnoredDuringExecution?: AffinityTerm[]
  preferredDuringSchedulingIgnoredDuringExecution?: { podAffinityTerm?: AffinityTerm }[]
}

function affinityTerms({ affinity }: PodSpec): AffinityTerm[] {
  const { podAffinity, podAntiAffinity } = (affinity ?? {}) as Record<string, Terms | undefined>
  return [podAffinity, podAntiAffinity].flatMap(terms => [
    ...(terms?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(terms?.preferredDuringSchedulingIgnoredDuringExecution ?? []).flatMap(
      ({ podAffinityTerm }) => podAffinityTerm ?? [],
    ),
  ])
}

function isAcrossNamespaces({ namespaces = [], namespaceSelector }: AffinityTerm): boolean {
  return namespaces.length > 0 || namespaceSelector !== undefined
}
