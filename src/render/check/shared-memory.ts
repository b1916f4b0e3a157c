import { at, entries, quantityOf, text } from '../../object/index.ts'
import type { Pods } from './pods.ts'
import { nameOfContainer } from './ports.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'

/** What a container writes to memory, /dev/shm first of all, counts against its memory limit: a larger volume is a promise that cannot be kept. */
export const sharedMemory: Rule = {
  id: 'shared-memory',
  find: view => view.pods.flatMap(memoryFindings),
}

function memoryFindings({ workload, spec, containers }: Pods): Findings {
  const sizes = memoryVolumes(spec)
  return containers.flatMap(container =>
    entries(container['volumeMounts']).flatMap(mount => {
      const size = sizes.get(text(mount['name']) ?? '')
      const limit = amountText(at(container, 'resources', 'limits', 'memory'))
      if (size === undefined || limit === undefined) return []
      if ((quantityOf(size) ?? 0) <= (quantityOf(limit) ?? Infinity)) return []
      const path = text(mount['mountPath']) ?? ''
      return {
        rendering: workload,
        field: path === '/dev/shm' ? 'spec.sharedMemory' : 'spec.volumes',
        subject: `${nameOfContainer(container)} ${path}`,
        message: `${nameOf(workload)} gives ${path} of container ${nameOfContainer(container)} ${size} of memory, and the container may use ${limit} in all`,
        cause:
          'What is written there counts as memory of the container: it is killed (OOMKilled) long before the volume is full.',
        remedy: 'Raise resources.memory above it, or make it smaller (sharedMemory).',
      }
    }),
  )
}

function memoryVolumes(spec: unknown): Map<string, string> {
  return new Map(
    entries(at(spec, 'volumes')).flatMap(volume => {
      const size = amountText(at(volume, 'emptyDir', 'sizeLimit'))
      const isMemory = at(volume, 'emptyDir', 'medium') === 'Memory'
      const name = text(volume['name'])
      if (!isMemory || size === undefined || name === undefined) return []
      return [[name, size] as const]
    }),
  )
}

/** A quantity may be written as a number, too. */
function amountText(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : text(value)
}
