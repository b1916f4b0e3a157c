import type { FieldPlace } from '../../kinds/index.ts'
import { isMap } from '../../object/index.ts'
import type { JsonMap, KubeObject } from '../../object/index.ts'

/** A name, quoted where it has dots; or which entry of a list: by a key and its value, or by its number. */
const STEP = /\["((?:[^"\\]|\\.)*)"\]|\[([^\]=]*)(?:=([^\]]*))?\]|([\w-]+)/g

/** Where the field of a change (`spec.template.spec.containers[name=server].image`) stands in the object. */
export function placeOfChange(object: KubeObject, path: string): FieldPlace {
  const steps = [...path.matchAll(STEP)]
  const names = steps.flatMap(([, quoted, , , plain]) => quoted ?? plain ?? [])
  const owner = steps.slice(0, -1).reduce<unknown>(inside, object)
  return {
    kind: object.kind,
    parent: names.at(-2),
    name: names.at(-1) ?? '',
    owner: isMap(owner) ? owner : undefined,
  }
}

function inside(value: unknown, [, quoted, key, named, plain]: RegExpMatchArray): unknown {
  const name = quoted ?? plain
  if (name !== undefined) return (Object(value) as JsonMap)[name]
  if (!Array.isArray(value)) return undefined
  return named === undefined
    ? value[Number(key)]
    : value.find(entry => isMap(entry) && String(entry[key ?? '']) === named)
}
