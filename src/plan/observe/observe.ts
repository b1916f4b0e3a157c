import { ENDPOINT_LABEL, keyOf, refOf, type KubeObject } from '../../object/index.ts'
import { closest, hasErrors, problemWith, allFound, type Problem } from '../../problem/index.ts'
import type { RenderedObject } from '../../render/index.ts'
import { findUnlabelled, isOfOtherSet } from './existing.ts'
import { foreign, foreignProblems } from './foreign-owner.ts'
import { foreignParent } from './foreign-parent.ts'
import { readOtherRecords } from './other-records.ts'
import { isApplied, isUnmarked } from './unmarked.ts'
import { readParent } from './inventory.ts'
import { checkKinds } from './kinds.ts'
import { readLive, type LiveSet } from './live.ts'
import { pluralNoun } from '../../words/index.ts'
import { checkNamespaces } from './namespaces.ts'
import type { Inventory } from '../plan.ts'
import { recordProblems } from './record-problems.ts'
import { revisionsOf, type Revision } from '../revisions.ts'
import { namespacesOf, type Scope } from '../scope.ts'
import { unitNames } from '../../spec/index.ts'

/** Everything that the plan knows of the cluster. */
export interface Observed {
  parent: KubeObject | undefined
  /** What was applied, newest first. */
  revisions: readonly Revision[]
  live: LiveSet
  /** What the parent records. */
  recorded: Inventory | undefined
  missingNamespaces: string[]
  /** Desired objects in scope that may be planned: their kind is served, nobody else owns them. */
  plannable: readonly RenderedObject[]
  /** Live objects under desired names that are not in the set yet. */
  unlabelled: ReadonlyMap<string, KubeObject>
  problems: Problem[]
}

export async function observe(scope: Scope): Promise<Observed> {
  const { cluster, set, setId, parent, desired } = scope
  const inScope = desired.filter(({ endpoint }) => scope.covers(endpoint.name))
  const [namespaces, kinds, state] = await Promise.all([
    checkNamespaces(cluster, set, inScope),
    checkKinds(cluster, inScope),
    readParent(cluster, parent),
  ])
  const revisions = revisionsOf(state.object)
  const blocked = hasErrors(namespaces.problems) ? namespaces.missing : []
  const refs = desired.map(({ object }) => refOf(object))
  const live = await readLive({
    cluster,
    setId,
    desired: refs,
    recorded: state.inventory,
    namespaces: namespacesOf(set),
    missing: namespaces.missing,
  })
  const absent = kinds.served
    .map(({ object }) => refOf(object))
    .filter(ref => !live.byKey.has(keyOf(ref)))
  const unlabelled = await findUnlabelled(
    cluster,
    absent.filter(ref => !namespaces.missing.includes(ref.namespace ?? '')),
  )
  const unmarked = kinds.served.filter(isUnmarked).flatMap(({ object }) => {
    const key = keyOf(refOf(object))
    const found = live.unmarked.get(key) ?? unlabelled.get(key)
    return found !== undefined && isApplied(found) ? refOf(object) : []
  })
  const others = absent.filter(ref => {
    const found = unlabelled.get(keyOf(ref))
    return found !== undefined && isOfOtherSet(found, setId)
  })
  const { claims, sets } = await readOtherRecords(cluster, {
    setId,
    refs: [...unmarked, ...others],
    home: parent.namespace,
  })
  const owned = kinds.served.map(rendered => {
    const key = keyOf(refOf(rendered.object))
    const record = claims.get(key)
    const other = unlabelled.get(key) ?? (record === undefined ? undefined : live.unmarked.get(key))
    return other === undefined
      ? undefined
      : foreign({ live: other, rendered }, { setId, record, sets })
  })
  return {
    parent: state.object,
    revisions,
    live,
    recorded: state.inventory,
    missingNamespaces: namespaces.missing.filter(name => !blocked.includes(name)),
    plannable: kinds.served.filter(
      ({ object }, index) =>
        owned[index] === undefined && !blocked.includes(object.metadata.namespace ?? ''),
    ),
    unlabelled,
    problems: allFound([
      namespaces.problems,
      kinds.problems,
      foreignParent(state.object, set),
      foreignProblems(
        owned.filter(each => each !== undefined),
        set,
      ),
      recordProblems({ set, recorded: state.inventory, live, revisions, isAll: scope.isAll }),
      unknownNames(scope, live),
    ]),
  }
}

/** Of a set without a record, other namespaces may hold something, too. */
function whereLooked({ namespaces }: LiveSet): string {
  return `${pluralNoun(namespaces.length, 'namespace')} ${namespaces.join(', ')}`
}

/** A name on the command line that is neither in git nor in the cluster is a typing error, not an empty plan. */
function unknownNames({ names, desired, set, wereThere }: Scope, live: LiveSet): Problem[] {
  const known = new Set([
    ...unitNames(set),
    ...desired.map(({ endpoint }) => endpoint.name),
    ...live.objects.map(object => object.metadata.labels?.[ENDPOINT_LABEL]),
  ])
  const candidates = [...known].filter(name => name !== undefined)
  return (names ?? [])
    .filter(name => !known.has(name) && !wereThere.has(name))
    .map(name => {
      const near = closest(name, candidates)
      return problemWith({
        code: 'unknown-endpoint',
        message: `there is no endpoint "${name}", neither in git nor in the cluster (${whereLooked(live)})`,
        remedy:
          near === undefined ? 'slipway status lists the endpoints.' : `Did you mean "${near}"?`,
      })
    })
}
