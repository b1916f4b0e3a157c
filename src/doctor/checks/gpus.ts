import { isGpu } from '../../kinds/index.ts'
import { quantityOf } from '../../object/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { ifAllowed } from '../finding.ts'
import type { Check, Finding } from '../finding.ts'
import { ownPodsOf, resourcesOf, wantedBy } from '../workloads.ts'

/** GPUs of ready nodes, less those that others' pods hold, against what the set asks for. */
export const gpus: Check = async ({ cluster, objects }) => {
  const asked = askedFor(objects)
  if (asked.size === 0)
    return [{ check: 'GPUs', state: 'not-needed', message: 'no endpoint asks for any' }]
  const nodes = await ifAllowed(cluster.list({ apiVersion: 'v1', kind: 'Node' }))
  if (nodes === undefined)
    return [{ check: 'GPUs', state: 'unseen', message: 'no permission to list nodes' }]
  const pods = await ifAllowed(cluster.list({ apiVersion: 'v1', kind: 'Pod' }))
  const isOwn = ownPodsOf(objects)
  const others = pods?.items.filter(pod => holdsRoom(pod) && !isOwn(pod))
  return [...asked].map(([resource, count]) => {
    const all = nodes.items.reduce((sum, node) => sum + allocatable(node, resource), 0)
    const held = others?.reduce((sum, pod) => sum + requested(pod, resource), 0)
    return judge({ resource, count, all, held })
  })
}

const PREFIX = 'requests.'

function askedFor(objects: Parameters<typeof wantedBy>[0]): Map<string, number> {
  const asked = new Map<string, number>()
  for (const { resources } of wantedBy(objects)) {
    for (const [name, count] of resources) {
      if (!name.startsWith(PREFIX) || !isGpu(name) || count === 0) continue
      const resource = name.slice(PREFIX.length)
      asked.set(resource, (asked.get(resource) ?? 0) + count)
    }
  }
  return asked
}

interface Counted {
  resource: string
  count: number
  all: number
  /** Undefined: pods of other namespaces cannot be seen. */
  held: number | undefined
}

function judge({ resource, count, all, held }: Counted): Finding {
  const check = `GPUs ${resource}`
  if (all === 0)
    return {
      check,
      state: 'warning',
      message: `${count} asked for, no node has any`,
      remedy:
        'Check the device plugin on GPU nodes; with an autoscaler they may come when they are needed.',
    }
  if (held === undefined)
    return {
      check,
      state: 'unseen',
      message: `${count} asked for, the nodes have ${all}; how many are free cannot be seen (no permission to list pods of all namespaces)`,
    }
  const free = all - held
  const message = `${count} asked for, ${free} of ${all} not held by others`
  if (count <= free) return { check, state: 'ok', message }
  return {
    check,
    state: 'warning',
    message,
    remedy:
      'Free some, ask for fewer, or let the autoscaler bring a node: pods will wait until then.',
  }
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
