import { kindNamed } from '../../kinds/index.ts'
import { isEmpty, isMap } from '../../object/index.ts'

/**
 * Whether a leaf of fieldsV1 says that a field is owned whole with all that is in it. Of a map or list that is not
 * atomic it says something else: that it was applied empty; what is in it now is not ours. So for maps and lists with content the
 * name must be one that is atomic wherever slipway renders it (a test compares this with the API server's schema).
 */
export function isOwnedWhole(kind: string, name: string, value: unknown): boolean {
  if (!isMap(value) && !Array.isArray(value)) return true
  return isEmpty(value) || isAtomic(kind, name)
}

/** Whether a map or list of that name is replaced, not merged. */
export function isAtomic(kind: string, name: string): boolean {
  return ATOMIC.has(name) || kindNamed(kind)?.atomic?.includes(name) === true
}

export const ATOMIC: ReadonlySet<string> = new Set([
  // Pods
  'args',
  'command',
  'envFrom',
  'httpHeaders',
  'add',
  'drop',
  'items',
  'sources',
  'tolerations',
  'nodeSelector',
  'matchLabelKeys',
  'nodeSelectorTerms',
  'requiredDuringSchedulingIgnoredDuringExecution',
  'preferredDuringSchedulingIgnoredDuringExecution',
  'supplementalGroups',
  'sysctls',
  'nameservers',
  'searches',
  // References and selectors
  'selector',
  'labelSelector',
  'namespaceSelector',
  'podSelector',
  'fieldRef',
  'resourceFieldRef',
  'configMapKeyRef',
  'secretKeyRef',
])
