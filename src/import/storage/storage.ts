import { at, entries, equalValues, text, type JsonMap } from '../../object/index.ts'
import { isRestricted } from '../pod.ts'
import type { Needs } from '../resources.ts'
import { fetcherOf } from './fetcher.ts'
import { hasForm, volumeOf } from './volume.ts'
import { adapterOf, weightsOf } from './weights.ts'

export interface Storage {
  volumes: JsonMap[] | undefined
  sharedMemory: unknown
  /** pvc://claim/path */
  modelUri: string | undefined
  /** What `model` says of an image that is mounted. */
  weights?: JsonMap
  adapters?: JsonMap[]
}

interface Around {
  pod: unknown
  needs: Needs & { isOurs: boolean }
}

/** A volume, and where the model server has it: the first place of several. */
interface Held {
  source: JsonMap
  mount: JsonMap | undefined
}

/** Volumes that slipway makes itself are said by other fields; the others as the spec writes them. */
export function storageOf(pod: unknown, container: unknown, needs: Around['needs']): Storage {
  const mounts = entries(at(container, 'volumeMounts'))
  const storage: Storage = { volumes: undefined, sharedMemory: undefined, modelUri: undefined }
  let isShared = false
  for (const source of entries(at(pod, 'volumes'))) {
    const held = { source, mount: mounts.find(({ name }) => name === source['name']) }
    if (isMadeByFields(held, { pod, needs }) || isModel(held, needs, storage)) continue
    if (isSharedMemory(held, needs)) {
      isShared = true
      storage.sharedMemory = at(source, 'emptyDir', 'sizeLimit')
    } else if (hasForm(held)) storage.volumes = [...(storage.volumes ?? []), volumeOf(held)]
  }
  const isTaken = storage.volumes?.some(({ mountPath }) => mountPath === '/dev/shm') === true
  if (needs.gpus > 1 && !isShared && !isTaken) storage.sharedMemory = false
  return storage
}

/** By podSecurity and `model.fetch`. */
function isMadeByFields({ mount, source }: Held, { pod, needs }: Around): boolean {
  if (mount === undefined) return false
  const isFetched = needs.isOurs && fetcherOf(pod) !== undefined && mount['name'] === 'model'
  return isFetched || isScratch(mount, source, pod)
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

/** Notes in the storage what `model` and `adapters` say of it. */
function isModel({ mount, source }: Held, { isOurs }: { isOurs: boolean }, storage: Storage) {
  if (!isOurs || mount === undefined) return false
  const [weights, adapter] = [weightsOf({ mount, source }), adapterOf({ mount, source })]
  const uri = claimOf(mount, source)
  if (weights !== undefined) storage.weights = weights
  else if (adapter !== undefined) storage.adapters = [...(storage.adapters ?? []), adapter]
  else if (uri !== undefined) storage.modelUri = uri
  return [weights, adapter, uri].some(found => found !== undefined)
}

function claimOf({ name, mountPath, subPath }: JsonMap, source: JsonMap): string | undefined {
  const claim = text(at(source, 'persistentVolumeClaim', 'claimName'))
  if (name !== 'model' || claim === undefined || mountPath !== '/mnt/models') return undefined
  return `pvc://${[claim, text(subPath)].filter(Boolean).join('/')}`
}

function isSharedMemory({ mount, source }: Held, { gpus }: Needs): boolean {
  if (mount?.['name'] !== 'shared-memory' || mount['mountPath'] !== '/dev/shm') return false
  const isMemory = at(source, 'emptyDir', 'medium') === 'Memory'
  return isMemory && (at(source, 'emptyDir', 'sizeLimit') !== undefined || gpus > 1)
}
