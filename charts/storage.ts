import type { k8s } from 'cdk8s-plus-28'
import { canonicalQuantity } from '../src/object/index.ts'
import { servingContainer } from '../src/serving-runtime/index.ts'
import { isServerless, type Endpoint } from '../src/spec/index.ts'
import {
  adapterStorage,
  isMounted,
  MODEL_PATH,
  weightsStorage,
  type Storage,
} from './model/weights.ts'
import type { Plain, Volume } from './plain.ts'

type VolumeMount = Plain<k8s.VolumeMount>
/** Writable where the root file system is read-only; HOME points here. */
export const SCRATCH_PATH = '/tmp'

export function volumesOf(endpoint: Endpoint): Volume[] | undefined {
  const named = new Map(storageOf(endpoint).map(({ volume }) => [JSON.stringify(volume), volume]))
  return named.size === 0 ? undefined : [...named.values()]
}

export function volumeMountsOf(endpoint: Endpoint): VolumeMount[] | undefined {
  const mounts = storageOf(endpoint).flatMap(({ mount }) => mount ?? [])
  return mounts.length === 0 ? undefined : mounts
}

/** The user's volumes, then ours at the paths that the user left free. */
function storageOf(endpoint: Endpoint): Storage[] {
  const own = (endpoint.spec.volumes ?? []).map((volume): Storage => ({
    volume: { name: volume.name, ...sourceOf(volume) },
    mount: mountOf(volume),
  }))
  const taken = new Set([...own.map(({ mount }) => mount?.mountPath), ...runtimeMounts(endpoint)])
  const ours = [
    modelVolume(endpoint),
    ...adapterStorage(endpoint),
    sharedMemory(endpoint),
    scratch(endpoint),
  ]
  const free = ours.filter(item => item !== undefined)
  return [...own, ...free.filter(({ mount }) => !taken.has(mount?.mountPath))]
}

/** Paths that the serving runtime mounts something at itself. */
function runtimeMounts({ serving }: Endpoint): unknown[] {
  const mounts = serving === undefined ? [] : servingContainer(serving.runtime)?.['volumeMounts']
  return Array.isArray(mounts) ? mounts.map((mount: Partial<VolumeMount>) => mount.mountPath) : []
}

type Given = NonNullable<Endpoint['spec']['volumes']>[number]

function mountOf({ name, mountPath, subPath, readOnly }: Given): VolumeMount | undefined {
  if (mountPath === undefined) return undefined
  return { name, mountPath, subPath, readOnly: readOnly === true ? true : undefined }
}

function sourceOf(volume: Given): Omit<Volume, 'name'> {
  if ('pvc' in volume) return { persistentVolumeClaim: { claimName: volume.pvc } }
  if ('secret' in volume) return { secret: { secretName: volume.secret } }
  if ('configMap' in volume) return { configMap: { name: volume.configMap } }
  if ('emptyDir' in volume) {
    const { medium, sizeLimit } = volume.emptyDir
    return { emptyDir: { medium, sizeLimit: sizeLimit && canonicalQuantity(sizeLimit) } }
  }
  // As in a pod; the API server knows what each kind needs.
  const { name: _name, mountPath: _path, subPath: _part, readOnly: _only, ...source } = volume
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return source as Omit<Volume, 'name'>
}

/** Claimed, or filled by an init container. */
function modelVolume(endpoint: Endpoint): Storage | undefined {
  if (isBroughtByKserve(endpoint)) return undefined
  if (isMounted(endpoint)) return weightsStorage(endpoint)
  if (isFetched(endpoint)) {
    return {
      volume: { name: 'model', emptyDir: {} },
      mount: { name: 'model', mountPath: MODEL_PATH, readOnly: true },
    }
  }
  const { spec } = endpoint
  const [, claimName, subPath] = /^pvc:\/\/([^/]+)\/?(.*)$/.exec(spec.model?.uri ?? '') ?? []
  if (claimName === undefined) return undefined
  return {
    volume: { name: 'model', persistentVolumeClaim: { claimName } },
    mount: {
      name: 'model',
      mountPath: MODEL_PATH,
      subPath: subPath === '' ? undefined : subPath,
      readOnly: true,
    },
  }
}

/** Several GPUs talk through /dev/shm, which is 64 MiB unless mounted; without a size the container's memory limit bounds it. */
function sharedMemory({ spec }: Endpoint): Storage | undefined {
  const size = spec.sharedMemory ?? spec.resources.gpus > 1
  if (size === false) return undefined
  const sizeLimit = size === true ? undefined : canonicalQuantity(size)
  return {
    volume: { name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit } },
    mount: { name: 'shared-memory', mountPath: '/dev/shm' },
  }
}

function scratch(endpoint: Endpoint): Storage | undefined {
  if (!hasScratch(endpoint)) return undefined
  return {
    volume: { name: 'tmp', emptyDir: {} },
    mount: { name: 'tmp', mountPath: SCRATCH_PATH },
  }
}

/** A model with a format: KServe mounts or fetches what its storageUri says. */
export function isBroughtByKserve({ spec, serving }: Endpoint): boolean {
  return serving !== undefined && spec.runtime === 'kserve'
}

/** Whether an init container of ours brings the model. */
function isFetched(endpoint: Endpoint): boolean {
  const uri = endpoint.spec.model?.uri
  if (uri === undefined || isBroughtByKserve(endpoint) || isMounted(endpoint)) return false
  if (fetchImageOf(endpoint) !== undefined) return true
  return endpoint.serving?.storageContainer !== undefined && !uri.startsWith('pvc://')
}

/** Undefined unless an image of the user's fetches the model. */
export function fetchImageOf({ spec }: Endpoint): string | undefined {
  const fetch = spec.model?.fetch
  return typeof fetch === 'object' ? fetch.image : undefined
}

export function scratchMountOf(endpoint: Endpoint): VolumeMount | undefined {
  return storageOf(endpoint).find(({ mount }) => mount?.mountPath === SCRATCH_PATH)?.mount
}

/** The root file system of a serving runtime's container is as the runtime has it. */
export function hasScratch(endpoint: Endpoint): boolean {
  if (endpoint.serving !== undefined) return false
  return endpoint.spec.podSecurity === 'restricted' && !isServerless(endpoint)
}
