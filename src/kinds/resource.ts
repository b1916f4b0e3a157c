import { groupOf } from '../object/index.ts'
import type { Type } from './kind.ts'

/** `apps/deployments`: plurals are regular in every API of Kubernetes' own. */
export function resourceOf({ apiVersion, kind }: Type): string {
  return `${groupOf(apiVersion)}/${pluralOf(kind)}`
}

/** `networkpolicies` */
export function pluralOf(kind: string): string {
  const singular = kind.toLowerCase()
  if (singular.endsWith('y')) return `${singular.slice(0, -1)}ies`
  return `${singular}${singular.endsWith('s') ? 'es' : 's'}`
}

/** `Deployment.apps`, `Service` (KEP-3659). */
export function groupKind({ apiVersion, kind }: Type): string {
  const group = groupOf(apiVersion)
  return group === '' ? kind : `${kind}.${group}`
}
