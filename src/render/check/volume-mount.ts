import { at, entries, text, type JsonMap } from '../../object/index.ts'
import type { Pods } from './pods.ts'
import { nameOfContainer } from './ports.ts'
import { shown } from './read.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'

/** Volumes have names of their own, and every mount has a volume and a path of its own. */
export const volumeMount: Rule = {
  id: 'volume-mount',
  find: view => view.pods.flatMap(volumeFindings),
}

function volumeFindings({ workload, spec, containers }: Pods): Findings {
  const names = entries(at(spec, 'volumes')).map(volume => text(volume['name']) ?? '')
  const twice = duplicates(names).map(name => `has two volumes named ${name}`)
  const all = [...entries(at(spec, 'initContainers')), ...containers]
  return [...twice, ...all.flatMap(container => mountFaults(container, names))].map(fault => ({
    rendering: workload,
    field: 'spec.volumes',
    message: `${nameOf(workload)} ${fault}`,
    cause: 'The API server refuses such a pod.',
    remedy: 'Give each volume its own name and each mount its own path.',
  }))
}

function mountFaults(container: JsonMap, volumes: readonly string[]): string[] {
  const mounts = entries(container['volumeMounts'])
  const name = nameOfContainer(container)
  const homeless = mounts.filter(mount => !volumes.includes(text(mount['name']) ?? ''))
  const paths = mounts.map(mount => text(mount['mountPath']) ?? '')
  return [
    ...homeless.map(
      mount =>
        `mounts volume ${shown(mount['name'])} in container ${name}, and has none of that name`,
    ),
    ...duplicates(paths).map(path => `mounts two volumes at ${path} in container ${name}`),
  ]
}

function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}
