import {
  APPLYSET,
  keyOf,
  refOf,
  controllerOf,
  type KubeObject,
  type ObjectRef,
} from '../../object/index.ts'
import type { Cluster } from '../../cluster/index.ts'
import { engineOf } from './engine.ts'

/** Up to this many objects are looked for one by one; beyond, one LIST per kind and namespace is cheaper. */
const SINGLE_GETS = 4

/**
 * Objects that are in the cluster without our label under the names that we want. Everything of a namespace's kinds is
 * read at most once, so that a first apply costs a request per kind, not per object.
 */
export async function findUnlabelled(
  cluster: Cluster,
  refs: readonly ObjectRef[],
): Promise<Map<string, KubeObject>> {
  const groups = Object.values(Object.groupBy(refs, kindAndNamespace))
  const found = await Promise.all(groups.map(group => findGroup(cluster, group ?? [])))
  return new Map(found.flat().map(object => [keyOf(refOf(object)), object]))
}

async function findGroup(cluster: Cluster, refs: ObjectRef[]): Promise<KubeObject[]> {
  const [first] = refs
  if (first === undefined) return []
  if (refs.length <= SINGLE_GETS) {
    const objects = await Promise.all(refs.map(ref => cluster.get(ref)))
    return objects.filter(object => object !== undefined)
  }
  const { apiVersion, kind, namespace } = first
  const { items } = await cluster.list({
    apiVersion,
    kind,
    ...(namespace === undefined ? {} : { namespace }),
  })
  return items
}

function kindAndNamespace({ apiVersion, kind, namespace }: ObjectRef): string {
  return `${apiVersion}/${kind}/${namespace ?? ''}`
}

/** Who else answers for an object, by the marks that they leave on it. */
export function ownerOf(object: KubeObject, setId: string): string | undefined {
  const { metadata } = object
  const set = metadata.labels?.[APPLYSET.partOf]
  if (isOfOtherSet(object, setId)) return `another set (${set})`
  const controller = controllerOf(object)
  if (controller !== undefined) return `${controller.kind}/${controller.name}, its controller`
  const release = metadata.annotations?.['meta.helm.sh/release-name']
  if (release !== undefined) return `the Helm release "${release}"`
  const kapp = metadata.labels?.['kapp.k14s.io/app']
  if (kapp !== undefined) return `the kapp app ${kapp}`
  return engineOf(object)?.owner
}

/** By its label. */
export function isOfOtherSet({ metadata }: KubeObject, setId: string): boolean {
  const set = metadata.labels?.[APPLYSET.partOf]
  return set !== undefined && set !== setId
}
