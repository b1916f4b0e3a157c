import { SECRET, isOf, kindOf, replicasOf } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { notStoredOf, tryCreation, rejection } from '../../trial/index.ts'
import { formatAge } from '../../words/index.ts'
import { visibleChanges } from '../fields/visible.ts'
import { actionFor, type DecideInput, type Decision } from './decision.ts'
import { predict } from './predict.ts'
import { isToWake, replicasToBegin, replicasToKeep, withReplicas } from './scaling.ts'

/** It is being deleted already: nothing can be applied to it; wait until it is gone, then create. */
export function recreation(input: DecideInput, live: KubeObject): Decision {
  const age = formatAge(live.metadata.deletionTimestamp, input.cluster.serverTime().getTime())
  const reason = `has been terminating for ${age}`
  const previous = previousOf(live)
  const { object } = input.rendered
  const replicas = replicasToBegin(object, Math.max(input.begins ?? 1, replicasOf(live) ?? 1))
  const how = { reason, live, previous, replicas, terminating: true }
  const action = actionFor(input, { type: 'replace', ...how })
  return { action, problems: [] }
}

/** A field that cannot change: delete and create. A dry-run creation under another name proves that the new object itself is acceptable. */
export async function decideReplacement(
  input: DecideInput,
  live: KubeObject,
  fields: string,
): Promise<Decision> {
  const { cluster, rendered } = input
  try {
    const replicas = isToWake(input, live) ? input.least : replicasToKeep(rendered.object, live)
    const object = withReplicas(rendered.object, replicas)
    const result = (await tryCreation({ cluster, object, live })) ?? predict(object, live)
    const reason = `${fields} cannot be changed in place`
    const { withoutGenerated: plain = asItIs } = kindOf(live)
    const changes = visibleChanges(plain(live), plain(result), input.setId)
    const previous = previousOf(live)
    const action = actionFor(input, { type: 'replace', reason, live, changes, previous, replicas })
    const notStored = notStoredOf(rendered, result)
    return { action, problems: [], outcome: { live, result }, notStored }
  } catch (error) {
    return { problems: [rejection(error, rendered)] }
  }
}

const asItIs = (object: KubeObject) => object

/** Enough to make it again by hand. A Secret's content is shown nowhere. */
function previousOf(live: KubeObject): KubeObject | undefined {
  return isOf(live, SECRET) ? undefined : manifestOf(live)
}

/** A live object as somebody could have written it: without what the API server and controllers add beside its spec. */
export function manifestOf(live: KubeObject): KubeObject {
  const { apiVersion, kind, status: _status, metadata, ...rest } = live
  const { name, namespace, labels, annotations } = metadata
  const own = { name, namespace, labels, annotations }
  return JSON.parse(JSON.stringify({ apiVersion, kind, metadata: own, ...rest })) as KubeObject
}
