import type { ImageEntry } from '../schema/catalogue.ts'
import type { Catalogue } from './read.ts'

export type Accelerator = 'cpu' | 'gpu'

export interface ImageChoice {
  image: string
  /** The entry of images.yaml that it stands in: `serves`, or the fallback that this one names. */
  target: string
  accelerator: Accelerator
  isFallback: boolean
}

/** The image for a serving target and accelerator (R11); a fallback only where the entry names one, one step far. */
export function chooseImage(
  images: Catalogue<ImageEntry> | undefined,
  { serves, gpus }: { serves: string; gpus: number },
): ImageChoice | undefined {
  const accelerator: Accelerator = gpus > 0 ? 'gpu' : 'cpu'
  const own = entryOf(images, serves)
  const image = own?.[accelerator]
  if (image !== undefined) return { image, target: serves, accelerator, isFallback: false }
  const target = own?.fallback
  const other = target === undefined ? undefined : entryOf(images, target)?.[accelerator]
  if (target === undefined || other === undefined) return undefined
  return { image: other, target, accelerator, isFallback: true }
}

export function entryOf<Entry>(
  catalogue: Catalogue<Entry> | undefined,
  name: string,
): Entry | undefined {
  const entries = catalogue?.entries ?? {}
  return Object.hasOwn(entries, name) ? entries[name] : undefined
}
