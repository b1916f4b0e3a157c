import { isKserve, podLabelsOf } from '../kinds/index.ts'
import { keyOf, refOf, text, type JsonMap, type KubeObject } from '../object/index.ts'
import type { SpecInput } from '../spec/index.ts'
import { liveOf } from './canary/live-candidate.ts'
import { comparable } from './comparable.ts'
import { united } from './improve/united.ts'
import { patchesFor } from './patches.ts'
import { podFieldOf } from './pod-parts/pod-field.ts'
import { portOf } from './port.ts'
import { isSelecting, ownSelector, selectingBy } from './around/selectors.ts'
import { servicesOf } from './around/services.ts'
import { wantedOf } from './wanted.ts'
import { usualPort } from './workload.ts'
import type { LiveEndpoint } from './live.ts'

interface Found extends LiveEndpoint {
  others: readonly KubeObject[]
  /** The model server's container. */
  container: JsonMap
  /** With what slipway adds. */
  improve: boolean
}

/** `spec.pod` of a Deployment: what its pods have beyond the fields. */
export function podBeyondFields(
  found: Found,
  rendered: readonly KubeObject[],
): JsonMap | undefined {
  const { workload, container } = found
  const own = rendered.find(object => keyOf(refOf(object)) === keyOf(refOf(workload)))
  if (own === undefined || isKserve(workload)) return undefined
  const wanted = wantedFrom(own, workload, { found, rendered })
  return podFieldOf({ rendered: own, wanted, server: text(container['name']) ?? '' })
}

type Patches = NonNullable<SpecInput['patches']>

/** Patches that make the rendered objects what is live; those that are new find the pods as the live ones do. */
export function allPatches(found: Found, rendered: readonly KubeObject[]): Patches {
  return patchesOf(rendered, { found, rendered })
}

/** Those of all but the workload itself. */
export function patchesAround(found: Found, rendered: readonly KubeObject[]): Patches {
  const own = keyOf(refOf(found.workload))
  const around = rendered.filter(object => keyOf(refOf(object)) !== own)
  return patchesOf(around, { found, rendered })
}

function patchesOf(objects: readonly KubeObject[], { found, rendered }: Among): Patches {
  const { workload, others } = found
  const live = byKey(found)
  const selector = ownSelector(workload, others)
  return objects.flatMap(object => {
    const old = live.get(keyOf(refOf(object)))
    if (old !== undefined) {
      const wanted = wantedFrom(object, old, { found, rendered })
      return patchesFor({ rendered: object, wanted, among: rendered })
    }
    if (selector === undefined) return []
    const wanted = comparable(selectingBy(object, selector))
    return patchesFor({ rendered: object, wanted, among: rendered })
  })
}

interface Among {
  found: Found
  rendered: readonly KubeObject[]
}

function wantedFrom(own: KubeObject, object: KubeObject, { found, rendered }: Among): JsonMap {
  const wanted = wantedOf(own, { object, ...aroundOf(found, rendered) })
  return found.improve ? united(comparable(own), wanted) : wanted
}

function byKey(found: Found): Map<string, KubeObject> {
  return new Map(liveOf(found).map(object => [keyOf(refOf(object)), object]))
}

function aroundOf(found: Found, rendered: readonly KubeObject[]) {
  const { workload, related, others, container } = found
  const live = byKey(found)
  const services = servicesOf(workload, [...others, ...related])
  return {
    server: text(container['name']) ?? '',
    port: portOf(container, services, usualPort(workload)),
    podLabels: podLabelsOf(workload) ?? {},
    isLabelled:
      !isKserve(workload) &&
      ownSelector(workload, others) === undefined &&
      rendered.some(object => isSelecting(object) && !live.has(keyOf(refOf(object)))),
  }
}
