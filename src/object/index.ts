export { fieldSteps, nextKey, valueAt, valueAtSteps } from './field-path.ts'
export type { Step } from './field-path.ts'
export { controllerOf, createdAt, formatRef, groupOf, keyOf, refOf } from './ref.ts'
export type {
  KubeObject,
  ManagedFieldsEntry,
  ObjectMeta,
  ObjectRef,
  OwnerReference,
} from './ref.ts'
export {
  API_VERSION,
  APPLYSET,
  CERTIFICATE_ANNOTATION,
  ENDPOINT_LABEL,
  FIELD_MANAGER,
  HANDOVER_MANAGER,
  OBJECTS,
  PRUNE_ANNOTATION,
  RECOMMENDED,
  SCRAPE_LABEL,
  SET_ANNOTATION,
  TRACK_LABEL,
} from './labels.ts'
export { mergeKeysOf, mergePatch } from './merge-patch.ts'
export { PatchError } from './patch-error.ts'
export { compareText } from './order.ts'
export { canonicalQuantity } from './canonical-quantity.ts'
export {
  at,
  defined,
  entries,
  equalValues,
  isBlank,
  isEmpty,
  isMap,
  items,
  members,
  number,
  text,
  texts,
} from './json.ts'
export type { JsonMap } from './json.ts'
export { quantityOf, summed } from './quantity.ts'
export { setId, setParent } from './set-id.ts'
export type { SetParent } from './set-id.ts'
export { canaryServiceName, slotNames } from './slot-names.ts'
export { isTracked } from './tracked.ts'
export { VERSION } from './version.ts'
export { kubernetesMinor } from './kubernetes-version.ts'
export { toYamlText } from './yaml.ts'
