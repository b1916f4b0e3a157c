import { refOf } from '../object/index.ts'
import type { KubeObject } from '../object/index.ts'
import { plural } from '../words/index.ts'
import { isRuntime } from './change.ts'
import type { Change } from './change.ts'
import { podsOf } from './impact/pods.ts'

/** What readers ask of an endpoint that is new: image, model, GPUs × replicas, host. Nothing where the objects are not known. */
export function newcomerWords(changes: readonly Change[]): string[] {
  const objects = changes.flatMap(({ desired }) => desired ?? [])
  const workload = objects.find(object => isRuntime(refOf(object)))
  const hosts = [...new Set(objects.flatMap(hostsOf))]
  return [
    ...(workload === undefined ? [] : workloadWords(workload, objects)),
    ...(hosts.length === 0 ? [] : [`${hosts.length === 1 ? 'host' : 'hosts'} ${hosts.join(', ')}`]),
  ]
}

function workloadWords(workload: KubeObject, objects: readonly KubeObject[]): string[] {
  const { image, model } = servingOf(workload)
  return [
    ...(image === undefined ? [] : [`image ${image}`]),
    ...(model === undefined ? [] : [`model ${model}`]),
    sizeOf(workload, objects),
  ]
}

/** `2 GPUs × 3 replicas`, `1 to 4 replicas`. */
function sizeOf(workload: KubeObject, objects: readonly KubeObject[]): string {
  const { gpus } = podsOf(workload)
  const replicas = replicasOf(workload, objects)
  return gpus === 0 ? replicas : `${plural(gpus, 'GPU')} × ${replicas}`
}

function replicasOf(workload: KubeObject, objects: readonly KubeObject[]): string {
  const [least, most] = rangeOf(workload, objects)
  return least === most ? plural(least, 'replica') : `${least} to ${most} replicas`
}

/** As the autoscaler has it, where there is one; with Kubernetes' and KServe's defaults. */
function rangeOf(workload: KubeObject, objects: readonly KubeObject[]): [number, number] {
  for (const { kind, spec } of objects as readonly (KubeObject & { spec?: Fields })[]) {
    if (kind === 'HorizontalPodAutoscaler')
      return range(spec?.['minReplicas'], spec?.['maxReplicas'])
    if (kind === 'ScaledObject')
      return range(spec?.['minReplicaCount'] ?? 0, spec?.['maxReplicaCount'] ?? 100)
  }
  const spec = fieldsOf(workload['spec'])
  const predictor = fieldsOf(spec['predictor'])
  return workload.kind === 'Deployment'
    ? range(spec['replicas'], undefined)
    : range(predictor['minReplicas'], predictor['maxReplicas'])
}

function range(least: unknown, most: unknown): [number, number] {
  const from = typeof least === 'number' ? least : 1
  return [from, typeof most === 'number' ? Math.max(from, most) : from]
}

function servingOf(workload: KubeObject): { image?: string; model?: string } {
  const spec = fieldsOf(workload['spec'])
  const pod = fieldsOf(spec['predictor'] ?? fieldsOf(spec['template'])['spec'])
  const predicted = fieldsOf(pod['model'])
  const all = listOf(pod['containers'])
  const container = all.find(({ name }) => name === 'kserve-container') ?? all[0] ?? predicted
  const env = (name: string) =>
    listOf(container['env']).find(each => each['name'] === name)?.['value']
  const image = container['image']
  const model = env('MODEL_REF') ?? env('MODEL_URI') ?? predicted['storageUri']
  return {
    ...(typeof image === 'string' ? { image } : {}),
    ...(typeof model === 'string' ? { model } : {}),
  }
}

/** By which callers from outside reach it, or where an external model is. */
function hostsOf(object: KubeObject): string[] {
  const spec = fieldsOf(object['spec'])
  const found = [
    ...(object.kind === 'Ingress' ? listOf(spec['rules']).map(({ host }) => host) : []),
    ...(object.kind === 'HTTPRoute' && Array.isArray(spec['hostnames']) ? spec['hostnames'] : []),
    spec['externalName'],
  ]
  return found.filter(host => typeof host === 'string')
}

type Fields = Record<string, unknown>

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : []
}
