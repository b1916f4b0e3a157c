import { isGpu } from '../../kinds/index.ts'
import { conditionOf } from '../conditions.ts'
import type { Pod } from '../shapes.ts'
import { cleaned } from '../wording.ts'
import { PLACEMENTS } from './placements.ts'
import { gateOf } from './scheduling-gates.ts'

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

export function shortageOf(message: string, pod: Pod): Shortage {
  const gate = gateOf(message, pod)
  if (gate !== undefined) return { resources: [], ...gate }
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

/**
 * What keeps the pod from most of the nodes comes first. The others are told, too: the scheduler does not say which of
 * the nodes is the one that was meant, and most GPU nodes have a taint.
 */
function placementOf(message: string): Omit<Shortage, 'resources'> {
  const obstacles = PLACEMENTS.map(each => ({ ...each, nodes: nodesWith(message, each.pattern) }))
    .filter(({ nodes }) => nodes > 0)
    .toSorted((a, b) => b.nodes - a.nodes)
  if (obstacles.length === 0)
    return { wanted: 'a node', remedy: 'look at what the scheduler says about the nodes' }
  return {
    wanted: `a node ${obstacles.map(({ text }) => text).join(' and ')}`,
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
