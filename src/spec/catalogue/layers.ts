import { fieldOf } from '../fields/maps.ts'
import type { LayerSource } from '../layers/layer.ts'
import { mergeField } from '../layers/merge.ts'
import type { ModelEntry } from '../schema/catalogue.ts'
import { chooseImage, entryOf } from './image.ts'
import type { Catalogue, Catalogues } from './read.ts'

/** What the catalogues say about an endpoint: the layer below all of the project's own. `sources` are all the others. */
export function catalogueLayers(
  sources: readonly LayerSource[],
  { models, images }: Catalogues,
): LayerSource[] {
  const layers: LayerSource[] = []
  const ref = fieldOf(mergeField(sources, 'model'), 'ref')
  if (models !== undefined && typeof ref === 'string') layers.push(...modelLayer(models, ref))
  if (images !== undefined && mergeField(sources, 'image') === undefined) {
    const serves = String(mergeField(sources, 'serves'))
    const gpus = Number(fieldOf(mergeField(sources, 'resources'), 'gpus'))
    const choice = chooseImage(images, { serves, gpus })
    if (choice !== undefined) {
      const { image, target, accelerator } = choice
      layers.push({
        layer: 'catalogue',
        fields: { image },
        placeOf: () => images.placeOf(['spec', 'images', target, accelerator]),
        isBuiltIn: false,
        hasNulls: false,
      })
    }
  }
  return layers
}

function modelLayer(models: Catalogue<ModelEntry>, ref: string): LayerSource[] {
  const entry = entryOf(models, ref)
  if (entry === undefined) return []
  const { family, jobType, uri } = entry
  const given = Object.entries({ family, jobType, uri }).filter(([, value]) => value !== undefined)
  return [
    {
      layer: 'catalogue',
      fields: { model: Object.fromEntries(given) },
      placeOf: ([, field]) =>
        models.placeOf(['spec', 'models', ref, ...(field === undefined ? [] : [field])]),
      isBuiltIn: false,
      hasNulls: false,
    },
  ]
}
