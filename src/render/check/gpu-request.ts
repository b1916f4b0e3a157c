import { at, members } from '../../object/index.ts'
import type { Pods } from './pods.ts'
import { nameOfContainer } from './ports.ts'
import { shown } from './read.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'

/** GPUs are requested as they are limited, and their memory can be asked for (R12). */
export const gpuRequest: Rule = {
  id: 'gpu-request',
  find: view => view.pods.map(pods => [unequal(pods), unknownMemory(pods)]),
}

function unequal({ workload, containers }: Pods): Findings {
  return containers.flatMap(container => {
    const [limits, requests] = [limitsOf(container, 'limits'), limitsOf(container, 'requests')]
    const extended = new Set([...Object.keys(limits), ...Object.keys(requests)].filter(isExtended))
    const odd = [...extended].filter(
      name => shown(limits[name]) !== shown(requests[name] ?? limits[name]),
    )
    return odd.map(name => ({
      rendering: workload,
      field: 'spec.resources',
      message: `container ${nameOfContainer(container)} of ${nameOf(workload)} requests ${shown(requests[name])} ${name} and is limited to ${shown(limits[name] ?? 'none')}`,
      cause: 'Extended resources cannot be overcommitted: the API server refuses it.',
      remedy: 'Set spec.resources.gpus instead of a patch.',
    }))
  })
}

function limitsOf(container: unknown, kind: string) {
  return members(at(container, 'resources', kind))
}

function isExtended(resource: string): boolean {
  return resource.includes('/')
}

/** Only NVIDIA's feature discovery labels nodes with a number that can be compared. */
function unknownMemory({ workload, endpoint }: Pods): Findings {
  const { gpuMemory, gpuResource, gpus } = endpoint.spec.resources
  if (gpuMemory === undefined || gpus === 0 || gpuResource.startsWith('nvidia.com/')) return []
  return {
    rendering: workload,
    field: 'spec.resources.gpuMemory',
    message: `${nameOf(workload)} asks for GPUs of ${gpuMemory}, and nodes with ${gpuResource} do not say how much theirs have`,
    remedy: 'Select nodes with spec.scheduling.nodeSelector instead of gpuMemory.',
  }
}
