import type { Cluster } from '../../cluster/index.ts'
import { HTTP_ROUTE, INGRESS, contestedBy, kindOf } from '../../kinds/index.ts'
import type { Type } from '../../kinds/index.ts'
import { APPLYSET, formatRef, keyOf, refOf, setId, setParent } from '../../object/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { ifAllowed } from '../finding.ts'
import type { Check, Finding } from '../finding.ts'

/** Whether somebody else in the cluster claims a host and path of the set, by an Ingress or an HTTPRoute. */
export const hosts: Check = async ({ cluster, set, objects }) => {
  const own = objects
    .map(({ object }) => object)
    .filter(object => kindOf(object).route !== undefined)
  if (own.length === 0)
    return [{ check: 'hosts', state: 'not-needed', message: 'no endpoint has an address outside' }]
  const lists = await Promise.all([INGRESS, HTTP_ROUTE].map(type => listAll(cluster, type)))
  const { project, environment } = set
  const id = setId(setParent(project, environment.name, environment.namespace))
  const live = lists.flatMap(({ items }) => items)
  // What the set itself has is judged as rendered; what it has no more goes with the next apply.
  const clashes = clashesOf(
    own,
    live.filter(({ metadata }) => metadata.labels?.[APPLYSET.partOf] !== id),
  )
  const unseen = lists.flatMap(({ finding }) => finding ?? [])
  const findings = [...clashes, ...unseen]
  if (findings.length > 0) return findings
  return [{ check: 'hosts', state: 'ok', message: 'nobody else claims them' }]
}

interface Listed {
  items: readonly KubeObject[]
  finding?: Finding
}

async function listAll(cluster: Cluster, type: Type): Promise<Listed> {
  if ((await cluster.kind(type)) === undefined) return { items: [] }
  const found = await ifAllowed(cluster.list({ apiVersion: type.apiVersion, kind: type.kind }))
  if (found !== undefined) return found
  const message = `no permission to list kind ${type.kind} in all namespaces`
  return { items: [], finding: { check: `hosts by ${type.kind}`, state: 'unseen', message } }
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
  return {
    check: `host ${url}`,
    state: 'warning',
    message: `${formatRef(refOf(object))} claims it, and so does ${formatRef(refOf(other))}`,
    remedy: 'Give one of them another host or path, or delete the one that is no longer used.',
  }
}
