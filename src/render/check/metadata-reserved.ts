import { at } from '../../object/index.ts'
import { nameOf, type Rule } from './rule.ts'

/** Members of metadata that the API server or the garbage collector writes. */
const RESERVED: Record<string, string> = {
  ownerReferences:
    'slipway leaves objects that have a controller alone, and the garbage collector deletes those whose owner is gone.',
  managedFields: 'The API server records there which manager set which field.',
  uid: 'The API server sets it.',
  resourceVersion: 'The API server sets it.',
  generation: 'The API server sets it.',
  creationTimestamp: 'The API server sets it.',
  deletionTimestamp: 'The API server sets it.',
  deletionGracePeriodSeconds: 'The API server sets it.',
  selfLink: 'The API server sets it.',
  generateName: 'slipway finds objects by their names.',
}

/** What others write about an object is not a patch's to set: an object with a false owner would be kept for ever, or deleted by nobody's wish. */
export const metadataReserved: Rule = {
  id: 'metadata-reserved',
  find: view =>
    view.all.flatMap(rendering =>
      Object.entries(RESERVED)
        .filter(([field]) => at(rendering.object, 'metadata', field) !== undefined)
        .map(([field, cause]) => ({
          rendering,
          field: 'spec.patches',
          message: `${nameOf(rendering)} sets metadata.${field}, which a spec must not set`,
          cause,
          remedy: 'Remove it from the patch.',
        })),
    ),
}
