import type { k8s } from 'cdk8s-plus-28'
import { ADAPTERS_PATH, imageOfUri, type Endpoint } from '../../src/spec/index.ts'
import type { Plain, Volume } from '../plain.ts'

export interface Storage {
  volume: Volume
  /** Of the model server; undefined where only other containers have it. */
  mount?: Plain<k8s.VolumeMount> | undefined
}

/** Where a model is that is mounted or fetched, in both runtimes; KServe's own place for models. */
export const MODEL_PATH = '/mnt/models'

/** The folder of an image that KServe takes a model from, in all of its ways: https://kserve.github.io/website/docs/model-serving/storage/providers/oci */
const KSERVES_FOLDER = 'models'

/** Whether the model's image is a volume of the pod. */
export function isMounted({ spec }: Endpoint): boolean {
  const { uri, fetch } = spec.model ?? {}
  return fetch === 'image' && imageOfUri(uri) !== undefined
}

/** The weights' image at /mnt/models. With a format, from the folder that KServe takes, so that both runtimes see the same. */
export function weightsStorage(endpoint: Endpoint): Storage {
  const { uri, subPath, pullPolicy, format } = endpoint.spec.model ?? {}
  const folder = subPath ?? (format === undefined ? undefined : KSERVES_FOLDER)
  return {
    volume: { name: 'model', image: { reference: imageOfUri(uri) ?? '', pullPolicy } },
    mount: { name: 'model', mountPath: MODEL_PATH, subPath: folder, readOnly: true },
  }
}

/** As KServe 0.20 asks for an image as a volume (utils.ParseOciScheme); plain oci:// is whatever its configuration says. */
export function nativeUriOf(uri: string | undefined): string | undefined {
  return uri?.replace(/^oci:/, 'oci+native:')
}

/** Each adapter in a folder of its own, by its name. */
export function adapterStorage({ spec }: Endpoint): Storage[] {
  return (spec.adapters ?? []).map(({ name: adapter, uri, subPath, pullPolicy }) => {
    const name = `adapter-${adapter}`
    const mount = { name, mountPath: `${ADAPTERS_PATH}/${adapter}`, readOnly: true }
    const reference = imageOfUri(uri)
    if (reference !== undefined) {
      return { volume: { name, image: { reference, pullPolicy } }, mount: { ...mount, subPath } }
    }
    const [, claimName = '', folder] = /^pvc:\/\/([^/]+)\/?(.*)$/.exec(uri) ?? []
    const below = [folder, subPath].filter(part => part !== undefined && part !== '').join('/')
    return {
      volume: { name, persistentVolumeClaim: { claimName } },
      mount: { ...mount, subPath: below === '' ? undefined : below },
    }
  })
}
