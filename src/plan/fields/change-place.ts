import type { FieldPlace } from '../../kinds/index.ts'
import { fieldSteps, isMap, valueAtSteps, type KubeObject } from '../../object/index.ts'

/** Where the field of a change (`spec.template.spec.containers[name=server].image`) stands in the object. */
export function placeOfChange(object: KubeObject, path: string): FieldPlace {
  const steps = fieldSteps(path)
  const names = steps.filter(step => typeof step === 'string')
  const owner = valueAtSteps(object, steps.slice(0, -1))
  return {
    kind: object.kind,
    parent: names.at(-2),
    name: names.at(-1) ?? '',
    owner: isMap(owner) ? owner : undefined,
  }
}
