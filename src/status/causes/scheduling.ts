import { conditionOf } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Pod } from '../shapes.ts'
import { eventText } from '../view.ts'
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
  const kept = message.split(/\s*(?:no new claims to deallocate|preemption:)/)[0] ?? message
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

export function isGpu(resource: string): boolean {
  return resource.includes('/') && /gpu|\/mig-/.test(resource)
}

function placementOf(message: string): Omit<Shortage, 'resources'> {
  if (/untolerated taint/.test(message))
    return {
      wanted: 'a node whose taints it tolerates',
      remedy: 'add the toleration to scheduling.tolerations, or remove the taint from a node',
    }
  if (/node affinity|node selector|node\(s\) didn't match Pod's/.test(message))
    return {
      wanted: 'a node that its node selector and affinity allow',
      remedy: 'correct scheduling.nodeSelector or scheduling.affinity, or label a node accordingly',
    }
  if (/topology spread/.test(message))
    return {
      wanted: 'a node that its topology spread allows',
      remedy: 'loosen scheduling.spread, or add nodes in other zones',
    }
  if (/SchedulingGated|scheduling gates|non-empty scheduling gates/.test(message))
    return {
      wanted: 'its scheduling gate to be removed',
      remedy: 'look at what put the gate on it (a queue such as Kueue)',
    }
  return { wanted: 'a node', remedy: 'look at what the scheduler says about the nodes' }
}

export type Autoscaling = { state: 'coming' | 'refused'; text: string }

const COMING = new Set(['TriggeredScaleUp', 'Nominated'])

/** What an autoscaler (cluster-autoscaler, Karpenter) last said about a pod. */
export function autoscalingOf(pod: Pod, { related }: Inquiry): Autoscaling | undefined {
  const last = related
    .eventsOf(pod)
    .findLast(({ reason = '' }) => COMING.has(reason) || reason === 'NotTriggerScaleUp')
  if (last === undefined) return undefined
  const state = COMING.has(last.reason ?? '') ? 'coming' : 'refused'
  return { state, text: cleaned(eventText(last)) }
}
