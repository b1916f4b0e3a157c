import { listIfAllowed } from '../../cluster/index.ts'
import { kindOf, type Type } from '../../kinds/index.ts'
import { keyOf, refOf, controllerOf, type KubeObject } from '../../object/index.ts'
import type { RenderedObject } from '../../render/index.ts'
import { removalOf, type Action } from '../action.ts'
import type { Scope } from '../scope.ts'
import type { LiveSet } from './live.ts'

/** A workload that is desired, as it is now. */
export interface Owner {
  rendered: RenderedObject
  live: KubeObject
}

/**
 * Autoscalers that a workload's controller made, and leaves behind when it is to scale otherwise: two would be at work at once. They are
 * the controller's own by UID.
 */
export async function leftScalers(scope: Scope, { byKey }: LiveSet): Promise<Action[]> {
  const owners = scope.desired.flatMap(rendered => {
    const { object, endpoint } = rendered
    if (kindsLeft(object).length === 0 || !scope.covers(endpoint.name)) return []
    const live = byKey.get(keyOf(refOf(object)))
    return live === undefined ? [] : [{ rendered, live }]
  })
  const wanted = new Map(
    owners.flatMap(({ rendered: { object } }) => {
      const namespace = object.metadata.namespace ?? ''
      return kindsLeft(object).map(type => [`${type.kind}/${namespace}`, { type, namespace }])
    }),
  )
  const lists = [...wanted.values()].map(({ type: { apiVersion, kind }, namespace }) =>
    listIfAllowed(scope.cluster, { apiVersion, kind, namespace }),
  )
  const scalers = (await Promise.all(lists)).flatMap(list => list ?? [])
  return owners.flatMap(owner => removalsOf(owner, scalers))
}

function kindsLeft(object: KubeObject): readonly Type[] {
  return kindOf(object).leaves?.(object) ?? []
}

/** What a controller made for this very object. */
export function removalsOf({ rendered, live }: Owner, scalers: readonly KubeObject[]): Action[] {
  const left = kindsLeft(rendered.object)
  return scalers
    .filter(scaler => left.some(({ kind }) => kind === scaler.kind) && isMadeFor(scaler, live))
    .map(scaler =>
      removalOf({
        ref: refOf(scaler),
        endpoint: rendered.endpoint.name,
        reason: `${live.kind}/${live.metadata.name} is scaled otherwise now, and its controller leaves it`,
        soon: true,
        uid: scaler.metadata.uid,
      }),
    )
}

function isMadeFor(scaler: KubeObject, live: KubeObject): boolean {
  const controller = controllerOf(scaler)
  return controller !== undefined && controller.uid === live.metadata.uid
}
