import { formatRef, refOf, type KubeObject } from '../object/index.ts'
import { fingerprints, maskContents } from '../secret/index.ts'
import { comparable } from './comparable.ts'
import { differences, type Difference } from './differences.ts'

/** One thing that adopting the spec would change, or that the spec cannot say. */
export interface Remark extends Difference {
  object: string
}

/** What adopting `rendered` would change in `live`, object by object; nothing for equal ones. */
export function compare(rendered: readonly KubeObject[], live: readonly KubeObject[]): Remark[] {
  const found = new Map(live.map(object => [formatRef(refOf(object)), object]))
  const made = rendered.flatMap(object => {
    const ref = formatRef(refOf(object))
    const other = found.get(ref)
    if (other === undefined)
      return [{ object: ref, path: '', live: undefined, rendered: 'created' }]
    const [ours, theirs] = [object, other].map(each => shown(each, ref))
    return differences(ours, theirs).map(each => ({ object: ref, ...each }))
  })
  const names = new Set(rendered.map(object => formatRef(refOf(object))))
  const left = [...found.keys()].filter(ref => !names.has(ref))
  return [
    ...made,
    ...left.map(ref => ({ object: ref, path: '', live: 'stays as it is', rendered: undefined })),
  ]
}

/** Secrets show that they differ, not what they are. */
function shown(object: KubeObject, key: string): unknown {
  return maskContents({ ...comparable(object), kind: object.kind }, fingerprints(key))
}
