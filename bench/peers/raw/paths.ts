import type { KubeObject } from '../../../src/object/index.ts'

/** Where the objects of a kind are, of those kinds that the workload has. */
export function collectionPath({ apiVersion, kind, metadata }: KubeObject): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  return `${root}/namespaces/${metadata.namespace}/${pluralOf(kind)}`
}

export function objectPath(object: KubeObject): string {
  return `${collectionPath(object)}/${object.metadata.name}`
}

function pluralOf(kind: string): string {
  const name = kind.toLowerCase()
  return name.endsWith('s') ? `${name}es` : `${name}s`
}
