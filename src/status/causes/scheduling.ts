import { isGpu } from '../../kinds/index.ts'
import { conditionOf } from '../conditions.ts'
import type { Pod } from '../shapes.ts'
import { cleaned } from '../wording.ts'

/** What the scheduler lacks for a pod. */
export interface Shortage {
  /** Follows `waiting for `: `a GPU node`, `a node with enough memory`. */
  wanted: string
  /** Extended resources, cpu, memory as the scheduler names them. */
  resources: string[]
  remedy: string
}

/** The scheduler's message about a pod that it could not place. */
export function schedulerMessage(pod: Pod): string | undefined {
  const condition = conditionOf(pod, 'PodScheduled')
  if (condition?.status !== 'False') return undefined
  return condition.reason === 'Unschedulable' || condition.reason === 'SchedulingGated'
    ? (condition.message ?? condition.reason)
    : undefined
}

/** The scheduler's message without its remarks on preemption. */
export function schedulerText(message: string): string {
  const kept = message.split(/no new claims to deallocate|preemption:/)[0] ?? message
  return cleaned(kept).replace(/[.,]$/, '')
}

export function shortageOf(message: string): Shortage {
  const resources = [...message.matchAll(/Insufficient ([\w./-]*\w)/g)].map(([, name = '']) => name)
  const unique = [...new Set(resources)]
  const gpu = unique.find(isGpu)
  if (gpu !== undefined)
    return {
      wanted: 'a GPU node',
      resources: unique,
      remedy: `free or add nodes with ${gpu}, or ask for fewer (resources.gpus)`,
    }
  if (unique.length > 0)
    return {
      wanted: `a node with enough ${unique.join(' and ')}`,
      resources: unique,
      remedy: `free or add nodes, or ask for less (${unique.map(name => `resources.${name}`).join(', ')})`,
    }
  return { resources: [], ...placementOf(message) }
}

interface Placement {
  pattern: RegExp
  /** Follows `a node `. */
  clause: string
  remedy: string
}

/** Why a node does not do though it has the resources. */
const PLACEMENTS: Placement[] = [
  {
    pattern: /Too many pods/,
    clause: 'with room for one more pod',
    remedy: 'free or add nodes: those there are have as many pods as they may',
  },
  {
    pattern: /were unschedulable|untolerated taint \{node\.kubernetes\.io\/unschedulable/,
    clause: 'that is not cordoned',
    remedy: 'kubectl uncordon the node once its maintenance is over',
  },
  {
    pattern: /untolerated taint \{node\.kubernetes\.io\/(?:disk|memory|pid)-pressure/,
    clause: 'that is not short of disk or memory itself',
    remedy: 'free the disk or memory of the node (kubectl describe node)',
  },
  {
    pattern:
      /untolerated taint \{node\.kubernetes\.io\/(?:not-ready|unreachable|network-unavailable)/,
    clause: 'that is ready',
    remedy: 'look at the nodes that are not ready (kubectl describe node)',
  },
  {
    pattern: /volume node affinity conflict|didn't match PersistentVolume's node affinity/,
    clause: 'that can reach its volume',
    remedy:
      'bring nodes to the zone of its volume, or make the claim anew where the nodes are (a StorageClass with volumeBindingMode: WaitForFirstConsumer makes it where the pod goes)',
  },
  {
    pattern: /untolerated taint(?! \{node\.kubernetes\.io\/)/,
    clause: 'whose taints it tolerates',
    remedy: 'add the toleration to scheduling.tolerations, or remove the taint from a node',
  },
  {
    pattern: /node affinity|node selector|node\(s\) didn't match Pod's/,
    clause: 'that its node selector and affinity allow',
    remedy: 'correct scheduling.nodeSelector or scheduling.affinity, or label a node accordingly',
  },
  {
    pattern: /topology spread/,
    clause: 'that its topology spread allows',
    remedy: 'loosen scheduling.spread, or add nodes in other zones',
  },
]

const GATED = /SchedulingGated|scheduling gates|non-empty scheduling gates/

/**
 * What keeps the pod from most of the nodes comes first. The others are told, too: the scheduler does not say which of
 * the nodes is the one that was meant, and most GPU nodes have a taint.
 */
function placementOf(message: string): Omit<Shortage, 'resources'> {
  if (GATED.test(message))
    return {
      wanted: 'its scheduling gate to be removed',
      remedy: 'look at what put the gate on it (a queue such as Kueue)',
    }
  const obstacles = PLACEMENTS.map(each => ({ ...each, nodes: nodesWith(message, each.pattern) }))
    .filter(({ nodes }) => nodes > 0)
    .toSorted((a, b) => b.nodes - a.nodes)
  if (obstacles.length === 0)
    return { wanted: 'a node', remedy: 'look at what the scheduler says about the nodes' }
  return {
    wanted: `a node ${obstacles.map(({ clause }) => clause).join(' and ')}`,
    remedy: obstacles.map(({ remedy }) => remedy).join('; or '),
  }
}

/** Of `0/3 nodes are available: 1 node(s) had untolerated taint {gpu: }, 2 Too many pods.`; 1 where it gives no number. */
function nodesWith(message: string, pattern: RegExp): number {
  if (!pattern.test(message)) return 0
  const parts = message.split(/[:,] (?=\d+ )/)
  const counts = parts
    .filter(part => pattern.test(part))
    .map(part => Number(/^\d+/.exec(part)?.[0]))
  return counts.reduce((sum, count) => sum + (count || 0), 0) || 1
}
