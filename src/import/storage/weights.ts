import { at, defined, text, type JsonMap } from '../../object/index.ts'

interface Mounted {
  mount: JsonMap
  /** The volume that it mounts. */
  source: JsonMap
}

/** How a model comes from an image that slipway mounted: `{fetch: image, subPath, pullPolicy}`. */
export function weightsOf({ mount, source }: Mounted): JsonMap | undefined {
  if (mount['name'] !== 'model' || mount['mountPath'] !== '/mnt/models') return undefined
  if (at(source, 'image', 'reference') === undefined) return undefined
  return defined({
    fetch: 'image',
    subPath: mount['subPath'],
    pullPolicy: at(source, 'image', 'pullPolicy'),
  })
}

/** An entry of `adapters` that slipway mounted. */
export function adapterOf({ mount, source }: Mounted): JsonMap | undefined {
  const name = /^adapter-(.+)$/.exec(text(mount['name']) ?? '')?.[1]
  if (name === undefined || mount['mountPath'] !== `/mnt/adapters/${name}`) return undefined
  const reference = text(at(source, 'image', 'reference'))
  const { subPath } = mount
  if (reference !== undefined) {
    const pullPolicy = at(source, 'image', 'pullPolicy')
    return defined({ name, uri: `oci://${reference}`, subPath, pullPolicy })
  }
  const claim = text(at(source, 'persistentVolumeClaim', 'claimName'))
  if (claim === undefined) return undefined
  return { name, uri: `pvc://${[claim, text(subPath)].filter(Boolean).join('/')}` }
}
