import { ifAllowed, type Cluster } from '../../cluster/index.ts'
import { CONFIG_MAP } from '../../kinds/index.ts'
import {
  APPLYSET,
  at,
  keyOf,
  SET_ANNOTATION,
  type KubeObject,
  type ObjectRef,
} from '../../object/index.ts'
import { readUnmarked, UNMARKED_KEY } from './unmarked.ts'

/** Which other set's record names an object that carries no label, by the object's key: `llm/slipway-chat-production`. */
export type Claims = ReadonlyMap<string, string>

/** What a set is called, by its record. */
export interface OtherSet {
  project: string
  environment: string
  /** `llm/slipway-chat-production` */
  record: string
}

export interface OtherRecords {
  claims: Claims
  /** By the value of the label that objects of the set have. */
  sets: ReadonlyMap<string, OtherSet>
}

interface Looking {
  setId: string
  refs: readonly ObjectRef[]
  /** Where the set's own record is. */
  home: string
}

/**
 * What two sets adopt without a label is nobody's own, and only their records tell; they tell the names of sets, too. They are looked for where
 * the objects are and where this set's record is; what may not be listed there tells nothing.
 */
export async function readOtherRecords(
  cluster: Cluster,
  { setId, refs, home }: Looking,
): Promise<OtherRecords> {
  const records = refs.length === 0 ? [] : await recordsIn(cluster, [home, ...namespacesOf(refs)])
  return { claims: claimsIn(records, setId), sets: setsIn(records) }
}

const namespacesOf = (refs: readonly ObjectRef[]) =>
  refs.flatMap(({ namespace }) => namespace ?? [])

async function recordsIn(cluster: Cluster, namespaces: readonly string[]): Promise<KubeObject[]> {
  const { apiVersion, kind } = CONFIG_MAP
  const listing = [...new Set(namespaces)].map(namespace =>
    cluster.list({ apiVersion, kind, namespace, labelSelector: APPLYSET.id }),
  )
  const lists = await ifAllowed(Promise.all(listing), [])
  return lists.flatMap(({ items }) => items)
}

export function claimsIn(records: readonly KubeObject[], setId: string): Claims {
  const others = records.filter(({ metadata }) => metadata.labels?.[APPLYSET.id] !== setId)
  return new Map(
    others.flatMap(record => {
      // One that is damaged stops its own set; it claims nothing of others.
      const members = readUnmarked(at(record, 'data', UNMARKED_KEY)) ?? []
      return members.map(member => [keyOf(member), nameOf(record)] as const)
    }),
  )
}

export function setsIn(records: readonly KubeObject[]): OtherRecords['sets'] {
  return new Map(
    records.flatMap(record => {
      const { labels, annotations } = record.metadata
      const id = labels?.[APPLYSET.id]
      const [project = '', environment = ''] = annotations?.[SET_ANNOTATION]?.split('/') ?? []
      if (id === undefined || project === '' || environment === '') return []
      return [[id, { project, environment, record: nameOf(record) }] as const]
    }),
  )
}

const nameOf = ({ metadata: { name, namespace = '' } }: KubeObject) => `${namespace}/${name}`
