import { ADAPTERS_PATH } from '../../catalogue/adapters.ts'
import type { Endpoint } from '../../set.ts'
import { contradiction, type Rule } from '../rule.ts'

/** At one path there is one volume. What slipway would mount by itself gives way; what the spec asks for does not. */
export const mountPathsDiffer: Rule = endpoint => {
  const { volumes = [] } = endpoint.spec
  const asked = new Map(askedFor(endpoint))
  const taken = new Map<string, string>()
  return volumes.flatMap(({ name, mountPath }, index) => {
    if (mountPath === undefined) return []
    const path = mountPath.replace(/(?<=^\/|[^/])\/+$/, '')
    const other = taken.get(path) ?? asked.get(path)
    taken.set(path, `the volume "${name}"`)
    if (other === undefined) return []
    return contradiction(
      `spec.volumes.${index}.mountPath`,
      `the volume "${name}" is mounted at ${path}, and so is ${other}`,
      'Mount it at another path, or leave one of the two out.',
    )
  })
}

function askedFor({ spec }: Endpoint): [path: string, what: string][] {
  const { sharedMemory, model, adapters = [] } = spec
  return [
    ...(sharedMemory ? [['/dev/shm', 'spec.sharedMemory'] as [string, string]] : []),
    ...(model?.fetch === 'image' ? [['/mnt/models', 'spec.model'] as [string, string]] : []),
    ...adapters.map(({ name }): [string, string] => [
      `${ADAPTERS_PATH}/${name}`,
      `the adapter "${name}"`,
    ]),
  ]
}
