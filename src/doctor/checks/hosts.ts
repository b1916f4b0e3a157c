import { listIfAllowed } from '../../cluster/index.ts'
import { HTTP_ROUTE, INGRESS, contestedBy, kindOf } from '../../kinds/index.ts'
import {
  APPLYSET,
  formatRef,
  keyOf,
  refOf,
  setId,
  setParent,
  type KubeObject,
} from '../../object/index.ts'
import { about, type Check, type Finding } from '../finding.ts'

/** Whether somebody else in the cluster claims a host and path of the set, by an Ingress or an HTTPRoute. */
export const hosts: Check = async ({ cluster, set, objects }) => {
  const own = objects
    .map(({ object }) => object)
    .filter(object => kindOf(object).route !== undefined)
  if (own.length === 0) return about('hosts').notNeeded('no endpoint has an address outside')
  const types = [INGRESS, HTTP_ROUTE]
  const lists = await Promise.all(types.map(type => listIfAllowed(cluster, type)))
  const { project, environment } = set
  const id = setId(setParent(project, environment.name, environment.namespace))
  const live = lists.flatMap(list => list ?? [])
  // What the set itself has is judged as rendered; what it has no more goes with the next apply.
  const clashes = clashesOf(
    own,
    live.filter(({ metadata }) => metadata.labels?.[APPLYSET.partOf] !== id),
  )
  const hidden = types.filter((_type, index) => lists[index] === undefined)
  const unseen = hidden.map(({ kind }) =>
    about(`hosts by ${kind}`).unseen(`no permission to list kind ${kind} in all namespaces`),
  )
  const findings = [...clashes, ...unseen]
  if (findings.length > 0) return findings
  return about('hosts').ok('nobody else claims them')
}

/** What of a set's hosts and paths others claim. What slipway renders under the same name is the same object. */
export function clashesOf(own: readonly KubeObject[], live: readonly KubeObject[]): Finding[] {
  const known = new Set(own.map(object => keyOf(refOf(object))))
  const others = live.filter(object => !known.has(keyOf(refOf(object))))
  return own.flatMap(object =>
    others.flatMap(other => {
      const claim = contestedBy(object, other)
      return claim === undefined ? [] : [clash(object, claim.url, other)]
    }),
  )
}

function clash(object: KubeObject, url: string, other: KubeObject): Finding {
  return about(`host ${url}`).warning(
    `${formatRef(refOf(object))} claims it, and so does ${formatRef(refOf(other))}`,
    'Give one of them another host or path, or delete the one that is no longer used.',
  )
}
