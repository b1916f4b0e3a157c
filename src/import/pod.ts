import { at, entries, equalValues, number, text } from '../object/index.ts'
import type { JsonMap } from '../object/index.ts'
import { ownAffinity } from './resources.ts'
import type { Needs } from './resources.ts'
import { given, seconds, some } from './read.ts'
import { adapterOf, weightsOf } from './storage/weights.ts'

const SPREAD: Record<string, string> = {
  'topology.kubernetes.io/zone': 'zone',
  'kubernetes.io/hostname': 'node',
}

export function schedulingOf(pod: unknown, { gpus, gpuResource }: Needs): JsonMap | undefined {
  const key = gpuResource.startsWith('nvidia.com/') ? 'nvidia.com/gpu' : gpuResource
  const ours = { key, operator: 'Exists', effect: 'NoSchedule' }
  const tolerations = entries(at(pod, 'tolerations')).filter(
    item => gpus === 0 || !equalValues(item, ours),
  )
  const constraint = at(pod, 'topologySpreadConstraints', 0, 'topologyKey')
  return some({
    nodeSelector: at(pod, 'nodeSelector'),
    tolerations: tolerations.length === 0 ? undefined : tolerations,
    affinity: ownAffinity(at(pod, 'affinity'), gpuResource),
    spread: SPREAD[text(constraint) ?? ''],
    priorityClass: at(pod, 'priorityClassName'),
    runtimeClass: at(pod, 'runtimeClassName'),
  })
}

/** Slipway's own security contexts, or none. */
export function isRestricted(pod: unknown): boolean {
  return (
    at(pod, 'securityContext', 'runAsNonRoot') === true &&
    number(at(pod, 'securityContext', 'runAsUser')) === 1000
  )
}

/** Between the end of preStop and SIGKILL, as the spec asks for it. */
const LEAST_GRACE = 5

export function shutdownOf(pod: unknown, container: unknown, usual: number): JsonMap | undefined {
  const grace = number(at(pod, 'terminationGracePeriodSeconds')) ?? 30
  // Too short for the spec: patches say it.
  const sleep = number(at(container, 'lifecycle', 'preStop', 'sleep', 'seconds')) ?? 0
  if (grace < sleep + LEAST_GRACE) return undefined
  return some({
    gracePeriod: grace === usual ? undefined : seconds(grace),
    preStop: preStopOf(at(container, 'lifecycle', 'preStop')),
  })
}

function preStopOf(hook: unknown): unknown {
  const sleep = number(at(hook, 'sleep', 'seconds'))
  const command = at(hook, 'exec', 'command')
  const path = at(hook, 'httpGet', 'path')
  if (sleep !== undefined) return { sleep: seconds(sleep) }
  if (command !== undefined) return { exec: command }
  return path === undefined ? false : { http: path }
}

export interface Storage {
  volumes: JsonMap[] | undefined
  sharedMemory: unknown
  /** pvc://claim/path */
  modelUri: string | undefined
  /** What `model` says of an image that is mounted. */
  weights?: JsonMap
  adapters?: JsonMap[]
}

/** Volumes that slipway makes itself are said by other fields; of the others, those that the spec has a form for. */
export function storageOf(
  pod: unknown,
  container: unknown,
  needs: Needs & { isOurs: boolean },
): Storage {
  const sources = new Map(entries(at(pod, 'volumes')).map(volume => [volume['name'], volume]))
  const isFetched =
    needs.isOurs && entries(at(pod, 'initContainers')).some(({ name }) => name === 'fetch-model')
  const storage: Storage = { volumes: undefined, sharedMemory: undefined, modelUri: undefined }
  let shared = false
  for (const mount of entries(at(container, 'volumeMounts'))) {
    const source = sources.get(mount['name']) ?? {}
    if (isScratch(mount, source, pod) || (isFetched && mount['name'] === 'model')) continue
    const weights = needs.isOurs ? weightsOf({ mount, source }) : undefined
    const adapter = needs.isOurs ? adapterOf({ mount, source }) : undefined
    if (weights !== undefined) storage.weights = weights
    if (adapter !== undefined) storage.adapters = [...(storage.adapters ?? []), adapter]
    if (weights !== undefined || adapter !== undefined) continue
    const claim = text(at(source, 'persistentVolumeClaim', 'claimName'))
    if (
      needs.isOurs &&
      mount['name'] === 'model' &&
      claim !== undefined &&
      mount['mountPath'] === '/mnt/models'
    ) {
      storage.modelUri = `pvc://${[claim, text(mount['subPath'])].filter(Boolean).join('/')}`
    } else if (mount['name'] === 'shared-memory' && (shared = isShared(source, needs))) {
      storage.sharedMemory = at(source, 'emptyDir', 'sizeLimit')
    } else if (hasForm(mount, source, storage.volumes)) {
      storage.volumes = [...(storage.volumes ?? []), volumeOf(mount, source)]
    }
  }
  const isTaken = storage.volumes?.some(({ mountPath }) => mountPath === '/dev/shm') === true
  if (needs.gpus > 1 && !shared && !isTaken) storage.sharedMemory = false
  return storage
}

function isScratch(mount: JsonMap, source: JsonMap, pod: unknown): boolean {
  const { name, mountPath } = mount
  return (
    isRestricted(pod) &&
    name === 'tmp' &&
    mountPath === '/tmp' &&
    equalValues(source['emptyDir'], {})
  )
}

function isShared(source: JsonMap, { gpus }: Needs): boolean {
  const isMemory = at(source, 'emptyDir', 'medium') === 'Memory'
  return isMemory && (at(source, 'emptyDir', 'sizeLimit') !== undefined || gpus > 1)
}

/** What the spec cannot say of a volume, patches say: other sources, a second mount. */
function hasForm(mount: JsonMap, source: JsonMap, before: readonly JsonMap[] = []): boolean {
  const sources = [
    at(source, 'persistentVolumeClaim', 'claimName'),
    at(source, 'secret', 'secretName'),
    at(source, 'configMap', 'name'),
    source['image'],
    [undefined, '', 'Memory'].includes(text(at(source, 'emptyDir', 'medium')))
      ? source['emptyDir']
      : undefined,
  ]
  const isAbsolute = text(mount['mountPath'])?.startsWith('/') === true
  const isNew = before.every(({ name }) => name !== mount['name'])
  return isAbsolute && isNew && sources.some(value => value !== undefined)
}

function volumeOf({ name, mountPath, subPath, readOnly }: JsonMap, source: JsonMap): JsonMap {
  const [medium, sizeLimit] = [
    at(source, 'emptyDir', 'medium'),
    at(source, 'emptyDir', 'sizeLimit'),
  ]
  const emptyDir = given({ medium: medium === '' ? undefined : medium, sizeLimit })
  return given({
    name,
    mountPath,
    subPath,
    readOnly,
    pvc: at(source, 'persistentVolumeClaim', 'claimName'),
    secret: at(source, 'secret', 'secretName'),
    configMap: at(source, 'configMap', 'name'),
    emptyDir: source['emptyDir'] === undefined ? undefined : emptyDir,
    image: source['image'],
  })
}
