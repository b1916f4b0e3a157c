import { at, entries, members, quantityOf, summed } from '../../object/index.ts'
import { closest } from '../../problem/index.ts'
import type { NodePool } from '../../spec/index.ts'
import { listOf } from '../../words/index.ts'
import type { Pods } from './pods.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'

/** There are nodes for a pod: one of the environment's declared pools has every extended resource that it asks for, in that number. */
export const nodePools: Rule = {
  id: 'node-pools',
  find: view => view.pods.flatMap(missingNodes),
}

function missingNodes(pods: Pods): Findings {
  const { workload } = pods
  const { nodePools: pools } = workload.endpoint
  const asked = [...extendedIn(pods)]
  const fits = ({ resources }: NodePool) =>
    asked.every(([name, count]) => (resources[name] ?? 0) >= count)
  if (pools === undefined || asked.length === 0 || pools.some(fits)) return []
  const known = [...new Set(pools.flatMap(({ resources }) => Object.keys(resources)))]
  const [unknown] = asked.find(([name]) => !known.includes(name)) ?? []
  const wanted = listOf(asked.map(([name, count]) => `${count} ${name}`))
  return {
    rendering: workload,
    field: 'spec.resources',
    message:
      unknown === undefined
        ? `a pod of ${nameOf(workload)} asks for ${wanted}, and no node of the environment has as many`
        : `${nameOf(workload)} asks for ${unknown}, which no node of the environment has`,
    cause: `Its pools have ${listOf(pools.map(poolText))}: the pods would wait for a node that never comes.`,
    remedy: remedyFor(unknown, known),
  }
}

function remedyFor(unknown: string | undefined, known: readonly string[]): string {
  const near = unknown === undefined ? undefined : closest(unknown, known)
  const meant = near === undefined ? '' : `Did you mean ${near}? `
  return `${meant}Ask for what a node has (resources.gpus, resources.gpuResource), or add the pool to nodePools of the environment.`
}

function poolText({ name, resources }: NodePool): string {
  const amounts = Object.entries(resources).map(([resource, count]) => `${count} ${resource}`)
  return `${name} (${amounts.length === 0 ? 'none' : amounts.join(', ')})`
}

/** Names with a domain; those of Kubernetes itself (hugepages-2Mi, cpu) have none. */
function extendedIn({ spec, containers }: Pods): Map<string, number> {
  const runOn = entries(at(spec, 'initContainers')).filter(
    each => each['restartPolicy'] === 'Always',
  )
  const asked = [...containers, ...runOn].flatMap(container => {
    const { limits, requests } = members(at(container, 'resources'))
    return Object.entries({ ...members(requests), ...members(limits) })
  })
  const extended = asked.filter(([name]) => name.includes('/'))
  return summed(extended.map(([name, count]) => [name, quantityOf(count) ?? 0]))
}
