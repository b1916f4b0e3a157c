import { ifAllowed, type Cluster } from '../../cluster/index.ts'
import { kindOf, type Type } from '../../kinds/index.ts'
import { problemWith, type Problem } from '../../problem/index.ts'
import {
  externalReferences,
  type ExternalReference,
  type RenderedObject,
} from '../../render/index.ts'

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
      if (first !== undefined)
        check[await ifAllowed(lookFor(cluster, first), 'unseen')].push(...group)
    }),
  )
  return check
}

async function lookFor(
  cluster: Cluster,
  reference: ExternalReference,
): Promise<keyof ReferenceCheck> {
  const { kind, namespace, name } = reference
  const apiVersion = await servedVersion(cluster, reference)
  if (apiVersion === undefined) return 'missing'
  const place = namespace === '' ? {} : { namespace }
  const object = await cluster.get({ apiVersion, kind, ...place, name })
  return object === undefined ? 'missing' : 'found'
}

/** Dynamic resource allocation, by Kubernetes 1.34, 1.33 and 1.32. */
const OLDER: Record<string, readonly string[]> = {
  'resource.k8s.io/v1': ['resource.k8s.io/v1beta2', 'resource.k8s.io/v1beta1'],
}

/** Undefined where the API server serves the kind in no version. */
async function servedVersion(
  cluster: Cluster,
  { apiVersion, kind }: Type,
): Promise<string | undefined> {
  if (apiVersion === 'v1') return apiVersion
  for (const version of [apiVersion, ...(OLDER[apiVersion] ?? [])])
    if ((await cluster.kind({ apiVersion: version, kind })) !== undefined) return version
  return undefined
}

/** A warning: somebody else may bring it before the pods start, or the node may pull without it. */
export function missingReference(reference: ExternalReference): Problem {
  const { kind, namespace, name, purpose, endpoint } = reference
  const { needed } = kindOf(reference)
  const isInCluster = namespace === ''
  const where = isInCluster ? 'the cluster' : `namespace ${namespace}`
  const scope = isInCluster ? '' : `-n ${namespace} `
  return problemWith({
    code: 'reference-missing',
    severity: 'warning',
    message: `${endpoint.name} needs ${kind} "${name}" (${purpose}), which is not in ${where}`,
    endpoint: endpoint.name,
    place: endpoint.placeOf(needed?.field(purpose) ?? 'spec'),
    cause: needed?.consequence,
    remedy: `Create it before its pods start (kubectl ${scope}get ${kind.toLowerCase()} ${name}), or correct the name.`,
  })
}
