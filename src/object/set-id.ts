import { createHash } from 'node:crypto'

/** The ApplySet parent: a ConfigMap in the environment's namespace. */
export interface SetParent {
  name: string
  namespace: string
}

/** Parent of the set of one project in one environment. */
export function setParent(project: string, environment: string, namespace: string): SetParent {
  return { name: `slipway-${project}-${environment}`, namespace }
}

/** The ApplySet id of a ConfigMap parent (KEP-3659: base64url, no padding, of the SHA-256 of name.namespace.kind.group). */
export function setId({ name, namespace }: SetParent): string {
  const hash = createHash('sha256').update(`${name}.${namespace}.ConfigMap.`).digest('base64url')
  return `applyset-${hash}-v1`
}
