import type { Cluster } from '../../cluster/index.ts'
import {
  CONFIG_MAP,
  isOf,
  providedBy,
  PROVIDERS,
  referencesOf,
  RESOURCE_CLAIM_TEMPLATE,
} from '../../kinds/index.ts'
import {
  APPLYSET,
  equalValues,
  formatRef,
  keyOf,
  refOf,
  type KubeObject,
} from '../../object/index.ts'
import { manifestOf } from '../../plan/index.ts'
import type { Problem } from '../../problem/index.ts'
import { HIDDEN, maskContents } from '../../secret/index.ts'
import { isKubectl } from '../comparable.ts'
import { listed } from '../namespace/list-namespace.ts'

/** Manifests that may stand beside an endpoint, and what does not: a Secret never does, nor what has something like one in it. */
export interface OwnObjects {
  manifests: KubeObject[]
  problems: Problem[]
}

/** What pods read and nobody computes. */
const READ = [CONFIG_MAP, RESOURCE_CLAIM_TEMPLATE]

/** What a live workload's pods refer to, and what makes the Secrets that they refer to. Throws ClusterError where what they refer to may not be read. */
export async function readOwnObjects(cluster: Cluster, workload: KubeObject): Promise<OwnObjects> {
  const { namespace = '' } = workload.metadata
  const read = referencesOf(workload).filter(each => READ.some(type => isOf(each, type)))
  const found = await Promise.all(
    read.map(({ apiVersion, kind, name }) => cluster.get({ apiVersion, kind, namespace, name })),
  )
  const lists = await Promise.all(PROVIDERS.map(type => listed(cluster, type, namespace)))
  const live = [...found.filter(each => each !== undefined), ...lists.flatMap(each => each.items)]
  const { manifests, problems } = ownObjectsOf(workload, live)
  return { manifests, problems: [...lists.flatMap(each => each.problem ?? []), ...problems] }
}

/** Of objects of its namespace. What a controller made comes from that, and what is in a set has its files. */
export function ownObjectsOf(workload: KubeObject, live: readonly KubeObject[]): OwnObjects {
  const references = referencesOf(workload)
  const chosen = live.filter(object => {
    const { name, ownerReferences = [], labels = {} } = object.metadata
    const itself = READ.some(type => isOf(object, type)) ? [{ kind: object.kind, name }] : []
    const offered = [...itself, ...providedBy(object)]
    const isReferred = offered.some(each =>
      references.some(({ kind, name: wanted }) => kind === each.kind && wanted === each.name),
    )
    return isReferred && ownerReferences.length === 0 && labels[APPLYSET.partOf] === undefined
  })
  const own = [...new Map(chosen.map(object => [keyOf(refOf(object)), object])).values()]
  return {
    manifests: own.filter(object => !isTelling(object)).map(plain),
    problems: own.filter(isTelling).map(secret),
  }
}

/** In the namespace of the endpoint; without what kubectl keeps, which repeats the object. */
function plain(live: KubeObject): KubeObject {
  const manifest = manifestOf(live)
  const { name, labels, annotations = {} } = manifest.metadata
  const kept = Object.entries(annotations).filter(([annotation]) => !isKubectl(annotation))
  const own = kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }
  return { ...manifest, metadata: { name, ...(labels && { labels }), ...own } }
}

/** What makes Secrets is there so that it can be seen, and may have their names in it. */
function isTelling(object: KubeObject): boolean {
  const manifest = plain(object)
  const isMaker = providedBy(object).length > 0
  return (
    !isMaker &&
    !equalValues(
      maskContents(manifest, () => HIDDEN),
      manifest,
    )
  )
}

function secret(object: KubeObject): Problem {
  const ref = formatRef(refOf(object))
  return {
    code: 'not-imported',
    severity: 'warning',
    object: ref,
    message: `${ref} has what looks like a secret, and is not written beside the endpoint`,
    remedy: 'Move it into a Secret, or leave the object to what applies it now.',
  }
}
