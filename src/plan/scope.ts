import { keyOf, refOf, setId, setParent, type SetParent } from '../object/index.ts'
import type { Cluster } from '../cluster/index.ts'
import type { Problem } from '../problem/index.ts'
import type { Provenance } from '../project/index.ts'
import type { RenderedObject } from '../render/index.ts'
import { unitsOf, type EndpointSet } from '../spec/index.ts'
import type { GuardOverrides } from './guards/guards.ts'
import type { Plan } from './plan.ts'

export interface PlanRequest extends Origin {
  set: EndpointSet
  /** Everything rendered for the set. */
  objects: readonly RenderedObject[]
  cluster: Cluster
  /** Limits the plan to these endpoints. */
  only?: readonly string[]
  /** Endpoints to be deleted, whatever git says now. */
  remove?: readonly string[] | 'all'
  /** The plan that was approved, when this one is made because somebody else has written since. */
  earlier?: Plan | undefined
  options?: Partial<PlanOptions>
}

/** What the guards ask of the files, and the record says. */
export interface Origin {
  provenance: Provenance
  /** The plan is only looked at, and never applied: the order of commits refuses nothing. */
  isPreview?: boolean
  /** What the version of KServe that is tried out would refuse of what is rendered: shown with the plan. */
  refusals?: readonly Problem[] | undefined
}

export interface PlanOptions extends Omit<GuardOverrides, 'removalsIntended'> {
  /** Take fields that other managers hold. */
  forceConflicts: boolean
  /** Take over what others hold alone: what git does not say goes. */
  takeFields: boolean
  /** Apply what a GitOps engine applied, and take what only it holds. */
  takeBack: boolean
  /** Delete related objects that are not of the set, too (D3). */
  includeRelated: boolean
  /** Apply a commit older than the one applied last. */
  allowOlder: boolean
  /** Apply files outside git even though a commit was applied last. */
  allowNoCommit: boolean
  /** Delete even though the last apply came from another repository. */
  repositoryMoved: boolean
  /** For plans that are only looked at: where a dry-run is forbidden, its answer is predicted. */
  predict: boolean
}

/** What a plan is about, worked out from the request without asking the cluster. */
export interface Scope {
  set: EndpointSet
  cluster: Cluster
  parent: SetParent
  setId: string
  options: PlanOptions & GuardOverrides
  /** Desired objects of the whole set, without those of removed endpoints. */
  desired: readonly RenderedObject[]
  /** Names that the plan is limited to; undefined: the whole set. */
  names: readonly string[] | undefined
  /** Everything is to be deleted. */
  isAll: boolean
  /** Of a deletion: endpoints of which the plan that was approved would have deleted something. */
  wereThere: ReadonlySet<string>
  covers: (endpoint: string) => boolean
}

const DEFAULTS: PlanOptions = {
  forceConflicts: false,
  takeFields: false,
  takeBack: false,
  includeRelated: false,
  allowOlder: false,
  allowNoCommit: false,
  repositoryMoved: false,
  predict: false,
  allowEmpty: false,
  pruneData: false,
}

export function scopeOf(request: Omit<PlanRequest, keyof Origin>): Scope {
  const { set, objects, cluster, only, remove, options, earlier } = request
  const parent = setParent(set.project, set.environment.name, set.environment.namespace)
  const names = remove === 'all' ? undefined : (remove ?? only)
  return {
    set,
    cluster,
    parent,
    setId: setId(parent),
    options: { ...DEFAULTS, ...options, removalsIntended: remove !== undefined },
    desired: objects.filter(
      ({ endpoint }) => remove !== 'all' && remove?.includes(endpoint.name) !== true,
    ),
    names,
    isAll: remove === 'all',
    wereThere: new Set(
      remove && earlier?.endpoints.flatMap(({ name, actions }) => (actions.length > 0 ? name : [])),
    ),
    covers: endpoint => names === undefined || names.includes(endpoint),
  }
}

/** The namespaces of a set by git, rendered or not; that of its record is the first. */
export function namespacesOf(set: EndpointSet): string[] {
  const used = unitsOf(set).flatMap(({ namespace, objects = [] }) => [
    namespace,
    ...objects.flatMap(({ object }) => object.metadata.namespace ?? []),
  ])
  return [...new Set([set.environment.namespace, ...used])]
}

export function desiredKeys({ desired }: Pick<Scope, 'desired'>): ReadonlySet<string> {
  let keys = KEYS.get(desired)
  if (keys === undefined) {
    keys = new Set(desired.map(({ object }) => keyOf(refOf(object))))
    KEYS.set(desired, keys)
  }
  return keys
}

/** They are asked for at several steps of a plan. */
const KEYS = new WeakMap<Scope['desired'], ReadonlySet<string>>()
