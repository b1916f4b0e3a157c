import { at } from '../../object/index.ts'
import type { LayerSource } from '../layers/layer.ts'
import { mergeField } from '../layers/merge.ts'
import type { ImageEntry, ModelEntry } from '../schema/catalogue.ts'
import type { Serving } from '../set.ts'
import { chooseImage, entryOf } from './image.ts'
import type { Catalogue, Catalogues } from './read.ts'
import { runtimeLayer } from './serving.ts'
import { catalogueSource } from './source.ts'

/** What the catalogues say about an endpoint: the layers below all of the project's own. `sources` are all the others. */
export function catalogueLayers(
  sources: readonly LayerSource[],
  { models, images }: Catalogues,
  serving: Serving | undefined,
): LayerSource[] {
  const ref = at(mergeField(sources, 'model'), 'ref')
  const layers = [
    typeof ref === 'string' ? modelLayer(models, ref) : undefined,
    needsImage(sources) ? imageLayer(images, sources) : undefined,
    serving === undefined ? undefined : runtimeLayer(sources, serving),
  ]
  return layers.filter(layer => layer !== undefined)
}

function needsImage(sources: readonly LayerSource[]): boolean {
  const isExternal = mergeField(sources, 'runtime') === 'external'
  const hasFormat = at(mergeField(sources, 'model'), 'format') !== undefined
  return !isExternal && !hasFormat && mergeField(sources, 'image') === undefined
}

function modelLayer(
  models: Catalogue<ModelEntry> | undefined,
  ref: string,
): LayerSource | undefined {
  const entry = entryOf(models, ref)
  if (models === undefined || entry === undefined) return undefined
  const { family, jobType, uri } = entry
  const given = Object.entries({ family, jobType, uri }).filter(([, value]) => value !== undefined)
  return {
    layer: 'catalogue',
    fields: { model: Object.fromEntries(given) },
    placeOf: ([, field]) =>
      models.placeOf(['spec', 'models', ref, ...(field === undefined ? [] : [field])]),
    isBuiltIn: false,
    hasNulls: false,
  }
}

function imageLayer(
  images: Catalogue<ImageEntry> | undefined,
  sources: readonly LayerSource[],
): LayerSource | undefined {
  const serves = String(mergeField(sources, 'serves'))
  const gpus = Number(at(mergeField(sources, 'resources'), 'gpus'))
  const choice = chooseImage(images, { serves, gpus })
  if (images === undefined || choice === undefined) return undefined
  const { image, target, accelerator } = choice
  return catalogueSource(images, ['spec', 'images', target, accelerator], { image })
}
