import { ClusterError } from '../../cluster/index.ts'
import type { Cluster } from '../../cluster/index.ts'
import { CONFIG_MAP } from '../../kinds/index.ts'
import { APPLYSET, at, keyOf } from '../../object/index.ts'
import type { KubeObject, ObjectRef } from '../../object/index.ts'
import { readUnmarked, UNMARKED_KEY } from './unmarked.ts'

/** Which other set's record names an object that carries no label, by the object's key: `llm/slipway-chat-production`. */
export type Claims = ReadonlyMap<string, string>

interface Looking {
  setId: string
  refs: readonly ObjectRef[]
  /** Where the set's own record is. */
  home: string
}

/**
 * What two sets adopt without a label is nobody's own, and only their records tell. They are looked for where the objects are and where this
 * set's record is; what may not be listed there is undefined.
 */
export async function findClaims(
  cluster: Cluster,
  { setId, refs, home }: Looking,
): Promise<Claims | undefined> {
  if (refs.length === 0) return new Map()
  const { apiVersion, kind } = CONFIG_MAP
  const namespaces = [...new Set([home, ...refs.flatMap(({ namespace }) => namespace ?? [])])]
  try {
    const lists = await Promise.all(
      namespaces.map(namespace =>
        cluster.list({ apiVersion, kind, namespace, labelSelector: APPLYSET.id }),
      ),
    )
    return claimsIn(
      lists.flatMap(({ items }) => items),
      setId,
    )
  } catch (error) {
    if (error instanceof ClusterError && error.failure.type === 'forbidden') return undefined
    throw error
  }
}

export function claimsIn(records: readonly KubeObject[], setId: string): Claims {
  const others = records.filter(({ metadata }) => metadata.labels?.[APPLYSET.id] !== setId)
  return new Map(
    others.flatMap(record => {
      const { name, namespace = '' } = record.metadata
      // One that is damaged stops its own set; it claims nothing of others.
      const members = readUnmarked(at(record, 'data', UNMARKED_KEY)) ?? []
      return members.map(member => [keyOf(member), `${namespace}/${name}`] as const)
    }),
  )
}
