import type { Cluster } from '../../cluster/index.ts'
import { ClusterError } from '../../cluster/index.ts'
import { kindNamed } from '../../kinds/index.ts'
import type { Problem } from '../../problem/index.ts'
import { externalReferences } from '../../render/index.ts'
import type { ExternalReference, RenderedObject } from '../../render/index.ts'

export interface ReferenceCheck {
  missing: ExternalReference[]
  /** That nobody let us look for. */
  unseen: ExternalReference[]
  found: ExternalReference[]
}

/** What the objects need and the set does not render, looked for in the cluster: one GET for each name (K5). */
export async function checkReferences(
  cluster: Cluster,
  objects: readonly RenderedObject[],
): Promise<ReferenceCheck> {
  const needed = externalReferences(objects).filter(({ optional }) => !optional)
  const byKey = Map.groupBy(needed, ({ kind, namespace, name }) => `${kind}/${namespace}/${name}`)
  const check: ReferenceCheck = { missing: [], unseen: [], found: [] }
  await Promise.all(
    [...byKey.values()].map(async group => {
      const [first] = group
      if (first !== undefined) check[await lookFor(cluster, first)].push(...group)
    }),
  )
  return check
}

async function lookFor(
  cluster: Cluster,
  { kind, namespace, name }: ExternalReference,
): Promise<keyof ReferenceCheck> {
  try {
    const object = await cluster.get({ apiVersion: 'v1', kind, namespace, name })
    return object === undefined ? 'missing' : 'found'
  } catch (error) {
    if (error instanceof ClusterError && error.failure.type === 'forbidden') return 'unseen'
    throw error
  }
}

/** A warning: somebody else may bring it before the pods start, or the node may pull without it. */
export function missingReference(reference: ExternalReference): Problem {
  const { kind, namespace, name, purpose, endpoint } = reference
  const needed = kindNamed(kind)?.needed
  const place = endpoint.placeOf(needed?.field(purpose) ?? 'spec')
  return {
    code: 'reference-missing',
    severity: 'warning',
    message: `${endpoint.name} needs ${kind} "${name}" (${purpose}), which is not in namespace ${namespace}`,
    endpoint: endpoint.name,
    ...(place && { place }),
    ...(needed && { cause: needed.consequence }),
    remedy: `Create it before its pods start (kubectl -n ${namespace} get ${kind.toLowerCase()} ${name}), or correct the name.`,
  }
}
