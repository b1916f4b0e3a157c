import { listIfAllowed, type Cluster } from '../../cluster/index.ts'
import { devicesClaimed, isGpu, RESOURCE_CLAIM_TEMPLATE } from '../../kinds/index.ts'
import { at, quantityOf, summed, type KubeObject } from '../../object/index.ts'
import type { RenderedObject } from '../../render/index.ts'
import { classServing, countOf, devicesOf, type Devices } from '../devices.ts'
import { about, type Check, type Finding } from '../finding.ts'
import { ownPodsOf, resourcesOf, wantedBy } from '../workloads.ts'

/** GPUs of ready nodes, less those that others' pods hold, against what the set asks for: as extended resources, and as devices that it claims. */
export const gpus: Check = async ({ cluster, objects }) => {
  const asked = askedFor(objects)
  const hasClaims = wantedBy(objects).some(({ podSpec }) => at(podSpec, 'resourceClaims'))
  if (asked.size === 0 && !hasClaims) return about('GPUs').notNeeded('no endpoint asks for any')
  const nodes = await listIfAllowed(cluster, { apiVersion: 'v1', kind: 'Node' })
  if (nodes === undefined) return about('GPUs').unseen('no permission to list nodes')
  const pods = await listIfAllowed(cluster, { apiVersion: 'v1', kind: 'Pod' })
  const devices = await devicesOf(cluster)
  const templates = hasClaims ? await templatesFor(cluster, objects) : []
  return countedOf(objects, { nodes, pods, devices, templates }).map(judge)
}

interface Supply {
  nodes: readonly KubeObject[]
  /** Undefined: those of other namespaces cannot be seen. */
  pods: readonly KubeObject[] | undefined
  devices: Devices
  /** Of claims, in the cluster. */
  templates: readonly KubeObject[]
}

/** What is asked for, what there is of it, and what others hold. */
export function countedOf(
  objects: readonly RenderedObject[],
  { nodes, pods, devices, templates }: Supply,
): Counted[] {
  const isOwn = ownPodsOf(objects)
  const others = pods?.filter(pod => holdsRoom(pod) && !isOwn(pod))
  const own = new Set(pods?.filter(isOwn).map(({ metadata }) => metadata.uid))
  const ofClass = (name: string) => countOf(devices, name, uid => own.has(uid))
  const extended = [...askedFor(objects)].map(([resource, count]) => {
    const served = ofClass(classServing(devices, resource) ?? '')
    const onNodes = nodes.reduce((sum, node) => sum + allocatable(node, resource), 0)
    const requests = others?.reduce((sum, pod) => sum + requested(pod, resource), 0)
    const claims = served === undefined ? 0 : served.claimed
    const held = requests === undefined || claims === undefined ? undefined : requests + claims
    return { resource, count, all: onNodes + (served?.all ?? 0), held, isBound: served?.isBound }
  })
  const claimed = [...claimedBy(objects, templates)].flatMap(([resource, count]) => {
    const there = ofClass(resource)
    if (there === undefined) return []
    const { all, isBound } = there
    // Without its pods, its own claims cannot be told from others'.
    const held = pods === undefined ? undefined : there.held
    return [{ resource, count, all, held, isBound, isDevice: true }]
  })
  return [...extended, ...claimed]
}

/** By device class. */
function claimedBy(
  objects: readonly RenderedObject[],
  templates: readonly KubeObject[],
): Map<string, number> {
  const among = [...objects.map(({ object }) => object), ...templates]
  const claimed = wantedBy(objects).flatMap(({ podSpec, namespace, pods }) =>
    [...devicesClaimed(podSpec, { namespace, among })].map(
      ([name, count]) => [name, count * pods] as const,
    ),
  )
  return summed(claimed)
}

async function templatesFor(cluster: Cluster, objects: readonly RenderedObject[]) {
  const { apiVersion, kind } = RESOURCE_CLAIM_TEMPLATE
  const namespaces = new Set(objects.map(({ endpoint }) => endpoint.namespace))
  const lists = await Promise.all(
    [...namespaces].map(namespace => listIfAllowed(cluster, { apiVersion, kind, namespace })),
  )
  return lists.flatMap(list => list ?? [])
}

const PREFIX = 'requests.'

function askedFor(objects: Parameters<typeof wantedBy>[0]): Map<string, number> {
  const asked = wantedBy(objects)
    .flatMap(({ resources }) => [...resources])
    .filter(([name, count]) => name.startsWith(PREFIX) && isGpu(name) && count > 0)
  return summed(asked.map(([name, count]) => [name.slice(PREFIX.length), count]))
}

interface Counted {
  resource: string
  count: number
  all: number
  /** Undefined: pods of other namespaces cannot be seen. */
  held: number | undefined
  /** Others than these may be of the class, as only the scheduler judges. */
  isBound?: boolean | undefined
  /** Claimed by a device class, and not asked for by number. */
  isDevice?: boolean
}

function judge({ resource, count, all, held, isBound, isDevice }: Counted): Finding {
  const say = about(`GPUs ${resource}`)
  if (all === 0)
    return say.warning(
      `${count} asked for, no node has any`,
      isDevice
        ? 'Check the driver of the device class, which publishes ResourceSlices; with an autoscaler they may come when they are needed.'
        : 'Check the device plugin on GPU nodes; with an autoscaler they may come when they are needed.',
    )
  if (held === undefined)
    return say.unseen(
      `${count} asked for, the nodes have ${all}; how many are free cannot be seen (no permission to list pods of all namespaces)`,
    )
  const free = all - held
  const most = isBound === true ? 'at most ' : ''
  const message = `${count} asked for, ${most}${free} of ${all} not held by others`
  if (count <= free) return say.ok(message)
  return say.warning(
    message,
    'Free some, ask for fewer, or have the autoscaler add a node: pods will wait until then.',
  )
}

function allocatable(node: KubeObject, resource: string): number {
  const { allocatable: room = {} } = (node['status'] ?? {}) as {
    allocatable?: Record<string, unknown>
  }
  const { unschedulable } = (node['spec'] ?? {}) as { unschedulable?: boolean }
  return unschedulable === true ? 0 : (quantityOf(room[resource]) ?? 0)
}

function holdsRoom(pod: KubeObject): boolean {
  const { phase } = (pod['status'] ?? {}) as { phase?: string }
  const { nodeName } = (pod['spec'] ?? {}) as { nodeName?: string }
  return nodeName !== undefined && phase !== 'Succeeded' && phase !== 'Failed'
}

function requested(pod: KubeObject, resource: string): number {
  return resourcesOf(pod['spec'] ?? {}).get(PREFIX + resource) ?? 0
}
