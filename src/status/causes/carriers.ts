import { NODE, PERSISTENT_VOLUME_CLAIM, isGpu, podAmounts } from '../../kinds/index.ts'
import { quantityOf, type KubeObject } from '../../object/index.ts'
import { conditionOf } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Container, Pod } from '../shapes.ts'
import { claimsOf } from '../tree.ts'

/** A node that has the GPUs a pod asks for, and what keeps the pod from it; nothing: another pod has them. */
export interface Carrier {
  node: string
  obstacles: Obstacle[]
}

interface Obstacle {
  /** Follows the node's name: `is cordoned`. */
  text: string
  remedy: string
}

/** Nodes with every GPU resource that the pod asks for, where nodes can be seen; undefined when it asks for none. */
export function carriersOf(pod: Pod, inquiry: Inquiry): Carrier[] | undefined {
  const counts = gpusAsked(pod)
  const asked = [...counts.keys()]
  const nodes: Node[] = [...inquiry.related.ofKind(NODE)]
  if (asked.length === 0 || nodes.length === 0) return undefined
  const having = nodes.filter(node => asked.every(name => amount(node.status?.capacity, name) > 0))
  // Nodes of other pools are not meant, as long as there is one that is.
  const meant = having.filter(node => unselected(node, pod).length === 0)
  return (meant.length > 0 ? meant : having).map(node => ({
    node: node.metadata.name,
    obstacles: [
      ...obstaclesOf(node, pod),
      ...unhealthy(node, asked),
      ...tooFew(node, counts),
      ...zone(node, pod, inquiry),
    ],
  }))
}

export interface Unoffered {
  /** GPU resources that the pod asks for and no node has. */
  asked: string[]
  /** Those that nodes have instead. */
  offered: string[]
}

/** Where nodes can be seen, and none has the GPUs that a pod asks for. */
export function unoffered(pod: Pod, { related }: Inquiry): Unoffered | undefined {
  const asked = [...gpusAsked(pod).keys()]
  const nodes: Node[] = [...related.ofKind(NODE)]
  const names = nodes.flatMap(({ status }) =>
    Object.keys(status?.capacity ?? {}).filter(name => amount(status?.capacity, name) > 0),
  )
  const missing = asked.filter(name => !names.includes(name))
  if (nodes.length === 0 || missing.length === 0) return undefined
  return { asked: missing, offered: [...new Set(names.filter(isGpu))] }
}

interface Node extends KubeObject {
  spec?: { unschedulable?: boolean; taints?: Taint[] }
  status?: { capacity?: Amounts; allocatable?: Amounts }
}

type Amounts = Record<string, unknown>

interface Taint {
  key: string
  value?: string
  effect?: string
}

function gpusAsked({ spec }: Pod): Map<string, number> {
  return podAmounts({ containers: spec?.containers, initContainers: spec?.initContainers }, gpusOf)
}

function gpusOf({ resources }: Container): [name: string, count: number][] {
  return Object.entries({ ...resources?.limits, ...resources?.requests })
    .filter(([name]) => isGpu(name))
    .map(([name, count]) => [name, quantityOf(count) ?? 0])
}

function amount(amounts: Amounts | undefined, name: string): number {
  return quantityOf(amounts?.[name]) ?? 0
}

const PRESSURES: [condition: string, text: string, remedy: (node: string) => string][] = [
  ['DiskPressure', 'is under disk pressure', node => `free the disk of ${node} (images, logs)`],
  ['MemoryPressure', 'is under memory pressure', node => `free memory of ${node}`],
  ['PIDPressure', 'is short of process IDs', node => `end processes on ${node}`],
]

/** Taints that say in another way what the node's own fields say. */
const OF_STATE = /^node\.kubernetes\.io\//

function obstaclesOf(node: Node, pod: Pod): Obstacle[] {
  const { name } = node.metadata
  const isCordoned = node.spec?.unschedulable === true
  const cordoned = { text: 'is cordoned', remedy: `kubectl uncordon ${name}` }
  const ready = conditionOf(node, 'Ready')
  const unready = { text: 'is not ready', remedy: `look at it: kubectl describe node ${name}` }
  const pressures = PRESSURES.filter(([type]) => conditionOf(node, type)?.status === 'True')
  return [
    ...(isCordoned ? [cordoned] : []),
    ...(ready !== undefined && ready.status !== 'True' ? [unready] : []),
    ...pressures.map(([, text, remedy]) => ({ text, remedy: remedy(name) })),
    ...untolerated(node, pod),
    ...unselected(node, pod),
  ]
}

/** Of cloud controllers, Karpenter and cluster-autoscaler, which take it off or the node away. */
const PASSING =
  /^node\.cloudprovider\.kubernetes\.io\/|^karpenter\.sh\/|^(?:ToBeDeletedBy|DeletionCandidateOf)ClusterAutoscaler$/

const ON_ITS_WAY: Obstacle = {
  text: 'is being set up or taken away',
  remedy: 'wait: what sets nodes up takes the taint off, or brings another node',
}

interface Toleration {
  key?: string
  operator?: string
  value?: string
  effect?: string
}

function untolerated({ metadata, spec }: Node, pod: Pod): Obstacle[] {
  const tolerations = (pod.spec?.['tolerations'] ?? []) as Toleration[]
  const taints = (spec?.taints ?? []).filter(
    taint =>
      taint.effect !== 'PreferNoSchedule' &&
      !OF_STATE.test(taint.key) &&
      !tolerations.some(each => tolerates(each, taint)),
  )
  const passing = taints.some(({ key }) => PASSING.test(key)) ? [ON_ITS_WAY] : []
  const lasting = taints.filter(({ key }) => !PASSING.test(key))
  const untolerable = lasting.map(({ key, value }) => ({
    text: `has the taint ${key}${value === undefined || value === '' ? '' : `=${value}`}`,
    remedy: `add the toleration of ${key} to scheduling.tolerations, or remove the taint from ${metadata.name}`,
  }))
  return [...passing, ...untolerable]
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
function tolerates(
  { key, operator = 'Equal', value = '', effect }: Toleration,
  taint: Taint,
): boolean {
  const isKey = key === undefined || key === '' ? operator === 'Exists' : key === taint.key
  const isValue = operator === 'Exists' || value === (taint.value ?? '')
  return isKey && isValue && (effect === undefined || effect === '' || effect === taint.effect)
}

function unselected({ metadata }: Node, pod: Pod): Obstacle[] {
  const selector = (pod.spec?.['nodeSelector'] ?? {}) as Record<string, string>
  return Object.entries(selector)
    .filter(([key, value]) => metadata.labels?.[key] !== value)
    .map(([key, value]) => ({
      text: `has no label ${key}=${value}`,
      remedy: `correct scheduling.nodeSelector, or label ${metadata.name}`,
    }))
}

/** The device plugin takes GPUs that do not work out of what the node has to give. */
function unhealthy(node: Node, asked: readonly string[]): Obstacle[] {
  return asked
    .filter(name => amount(node.status?.allocatable, name) === 0)
    .map(name => ({
      text: `has no healthy ${name}`,
      remedy: `look at the device plugin and the driver of ${node.metadata.name}`,
    }))
}

/** However many of its GPUs are free. */
function tooFew({ status }: Node, asked: ReadonlyMap<string, number>): Obstacle[] {
  return [...asked]
    .filter(([name, count]) => amount(status?.capacity, name) < count)
    .map(([name, count]) => {
      const has = amount(status?.capacity, name)
      return {
        text: `has ${has} of the ${count} ${name} that a pod asks for`,
        remedy: `ask for at most ${has} (resources.gpus), or bring nodes with ${count}`,
      }
    })
}

const ZONE = 'topology.kubernetes.io/zone'
/** Of a claim whose volume was made for the first pod: the node for which it was made, and so the zone that it is in. */
const SELECTED_NODE = 'volume.kubernetes.io/selected-node'

/** A volume of a zone is not reached from another. */
function zone({ metadata }: Node, pod: Pod, { related }: Inquiry): Obstacle[] {
  const own = metadata.labels?.[ZONE]
  const claims = claimsOf(pod)
  return related.ofKind(PERSISTENT_VOLUME_CLAIM).flatMap(claim => {
    if (claim.metadata.namespace !== pod.metadata.namespace) return []
    const place = zoneOf(claim, related.ofKind(NODE))
    const { name } = claim.metadata
    if (!claims.includes(name) || place === undefined || own === undefined || place === own)
      return []
    return [
      {
        text: `is in zone ${own}, the volume of claim ${name} in ${place}`,
        remedy: `bring GPU nodes to zone ${place}, or recreate the claim ${name} in ${own} (a StorageClass with volumeBindingMode: WaitForFirstConsumer makes it where the pod goes)`,
      },
    ]
  })
}

function zoneOf({ metadata }: KubeObject, nodes: readonly KubeObject[]): string | undefined {
  const selected = metadata.annotations?.[SELECTED_NODE]
  return nodes.find(node => node.metadata.name === selected)?.metadata.labels?.[ZONE]
}
