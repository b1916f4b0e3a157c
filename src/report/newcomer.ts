import { gpusIn, isRuntime, kindOf, rangeOf, servedBy } from '../kinds/index.ts'
import { at, isTracked, text, type KubeObject } from '../object/index.ts'
import { plural } from '../words/index.ts'
import type { Change } from './change.ts'

/** What readers ask of an endpoint that is new: image, model, GPUs × replicas, host. Nothing where the objects are not known. */
export function newcomerWords(changes: readonly Change[]): string[] {
  const objects = changes.flatMap(({ desired }) => desired ?? [])
  const workload = objects.find(object => isRuntime(object) && !isTracked(object))
  const hosts = [...new Set(objects.flatMap(hostsOf))]
  return [
    ...(workload === undefined ? [] : workloadWords(workload, objects)),
    ...(hosts.length === 0 ? [] : [`${hosts.length === 1 ? 'host' : 'hosts'} ${hosts.join(', ')}`]),
  ]
}

function workloadWords(workload: KubeObject, objects: readonly KubeObject[]): string[] {
  const { image, model } = servedBy(workload)
  return [
    ...(image === undefined ? [] : [`image ${image}`]),
    ...(model === undefined ? [] : [`model ${model}`]),
    sizeOf(workload, objects),
  ]
}

/** `2 GPUs × 3 replicas`, `1 to 4 replicas`. */
function sizeOf(workload: KubeObject, objects: readonly KubeObject[]): string {
  const gpus = gpusIn(workload, objects)
  const [least, most] = rangeOf(workload, objects)
  const replicas = least === most ? plural(least, 'replica') : `${least} to ${most} replicas`
  return gpus === 0 ? replicas : `${plural(gpus, 'GPU')} × ${replicas}`
}

/** By which callers from outside reach it, or where an external model is. */
function hostsOf(object: KubeObject): string[] {
  const hosts = kindOf(object).route?.hosts(object) ?? []
  return [...hosts, text(at(object, 'spec', 'externalName')) ?? ''].filter(host => host !== '')
}
