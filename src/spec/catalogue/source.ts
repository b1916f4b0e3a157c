import type { LayerSource } from '../layers/layer.ts'
import type { Path } from '../yaml/node.ts'
import type { Catalogue } from './read.ts'

/** What an entry of a catalogue says, as a layer; all of it stands at one place. */
export function catalogueSource(
  catalogue: Catalogue<unknown>,
  path: Path,
  fields: LayerSource['fields'] = {},
): LayerSource {
  return {
    layer: 'catalogue',
    fields,
    placeOf: () => catalogue.placeOf(path),
    isBuiltIn: false,
    hasNulls: false,
  }
}
