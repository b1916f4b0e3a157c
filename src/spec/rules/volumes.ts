import { problemAt } from './rule.ts'
import type { Rule } from './rule.ts'

export const mountPathsDiffer: Rule = endpoint => {
  const { volumes = [], sharedMemory } = endpoint.spec
  const taken = new Map<string, string>()
  return volumes.flatMap(({ name, mountPath }, index) => {
    if (mountPath === undefined) return []
    const path = mountPath.replace(/(?<=^\/|[^/])\/+$/, '')
    const other =
      taken.get(path) ?? (path === '/dev/shm' && sharedMemory ? 'spec.sharedMemory' : undefined)
    taken.set(path, `the volume "${name}"`)
    if (other === undefined) return []
    return [
      problemAt(endpoint, {
        code: 'contradiction',
        path: `spec.volumes.${index}.mountPath`,
        message: `the volume "${name}" is mounted at ${path}, and so is ${other}`,
      }),
    ]
  })
}
