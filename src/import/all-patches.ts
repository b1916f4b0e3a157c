import { keyOf, refOf, text } from '../object/index.ts'
import type { JsonMap, KubeObject } from '../object/index.ts'
import type { SpecInput } from '../spec/index.ts'
import { comparable } from './comparable.ts'
import { patchesFor } from './patches.ts'
import { portOf } from './port.ts'
import { isSelecting, ownSelector, selectingBy } from './around/selectors.ts'
import { servicesOf } from './around/services.ts'
import { wantedOf } from './wanted.ts'
import { usualPort } from './workload.ts'
import type { LiveEndpoint } from './workload.ts'

interface Found extends LiveEndpoint {
  others: readonly KubeObject[]
  /** The model server's container. */
  container: JsonMap
}

/** Patches that make the rendered objects what is live; those that are new find the pods as the live ones do. */
export function allPatches(
  found: Found,
  rendered: readonly KubeObject[],
): NonNullable<SpecInput['patches']> {
  const { workload, related, others, container } = found
  const live = new Map([workload, ...related].map(object => [keyOf(refOf(object)), object]))
  const selector = ownSelector(workload, others)
  const services = servicesOf(workload, [...others, ...related])
  const around = {
    server: text(container['name']) ?? '',
    port: portOf(container, services, usualPort(workload)),
    isLabelled:
      workload.kind === 'Deployment' &&
      selector === undefined &&
      rendered.some(object => isSelecting(object) && !live.has(keyOf(refOf(object)))),
  }
  return rendered.flatMap(object => {
    const old = live.get(keyOf(refOf(object)))
    if (old !== undefined) {
      const wanted = wantedOf(object, { object: old, ...around })
      return patchesFor({ rendered: object, wanted })
    }
    if (selector === undefined) return []
    return patchesFor({ rendered: object, wanted: comparable(selectingBy(object, selector)) })
  })
}
