import { APPLYSET, formatRef, refOf, type KubeObject } from '../../object/index.ts'
import { problemWith, type Problem } from '../../problem/index.ts'
import type { RenderedObject } from '../../render/index.ts'
import type { EndpointSet } from '../../spec/index.ts'
import { plural, someOf } from '../../words/index.ts'
import { ownerOf } from './existing.ts'
import type { OtherRecords, OtherSet } from './other-records.ts'

/** An object under a name of ours that somebody else answers for. It is never taken over. */
export interface Foreign {
  live: KubeObject
  rendered: RenderedObject
  /** Who that is. */
  owner: string
  /** Where it is another set whose record says what it is called. */
  other?: OtherSet | undefined
}

export type OwnSet = Pick<EndpointSet, 'project' | 'environment' | 'environments'>

/** Undefined where it is nobody's; `record` is that of another set that names it. */
export function foreign(
  { live, rendered }: Pick<Foreign, 'live' | 'rendered'>,
  {
    setId,
    record,
    sets,
  }: { setId: string; record?: string | undefined; sets: OtherRecords['sets'] },
): Foreign | undefined {
  const owner =
    ownerOf(live, setId) ?? (record && `another set (its record is ConfigMap/${record})`)
  if (owner === undefined) return undefined
  return { live, rendered, owner, other: sets.get(live.metadata.labels?.[APPLYSET.partOf] ?? '') }
}

/** Why a new name is no detail. */
export const SET_IDENTITY =
  'What an environment has applied is known by project, environment and namespace; under another name it is another set.'

/** A problem for each, but one for all of an environment that slipway.yaml does not have any more: that has got another name. */
export function foreignProblems(found: readonly Foreign[], set: OwnSet): Problem[] {
  const byRecord = Map.groupBy(found, ({ other }) => other?.record)
  return [...byRecord.values()].flatMap(group => {
    const other = group[0]?.other
    return other !== undefined && isRenamed(other, set)
      ? [renamed(group, other, set)]
      : group.map(each => foreignOwner(each, set))
  })
}

function isRenamed({ project, environment }: OtherSet, set: OwnSet): boolean {
  return project === set.project && !set.environments.includes(environment)
}

function renamed(group: readonly Foreign[], other: OtherSet, { environment }: OwnSet): Problem {
  const names = group.map(({ live }) => formatRef(refOf(live)))
  const [was, is] = [other.environment, environment.name]
  return problemWith({
    code: 'foreign-owner',
    message: `${plural(group.length, 'object')} of ${is} exist${group.length === 1 ? 's' : ''} already and belong${group.length === 1 ? 's' : ''} to the environment "${was}", which slipway.yaml does not have: ${is} looks like ${was} under a new name (${someOf(names)})`,
    object: `ConfigMap/${other.record}`,
    place: environment.place,
    cause: SET_IDENTITY,
    remedy: `Give it its old name back: ${was}. Or, with an outage: delete what it has from the commit before (slipway delete --all -e ${was}), then apply this one.`,
  })
}

function foreignOwner({ live, rendered, owner, other }: Foreign, set: OwnSet): Problem {
  const object = formatRef(refOf(live))
  return problemWith({
    code: 'foreign-owner',
    message: `${object} exists already and belongs to ${other === undefined ? owner : setName(other, set)}`,
    object,
    endpoint: rendered.endpoint.name,
    place: rendered.endpoint.placeOf('metadata.name'),
    remedy: remedyFor(other, set),
  })
}

function setName({ project, environment, record }: OtherSet, set: OwnSet): string {
  const of = project === set.project ? 'this project' : `the project "${project}"`
  return `another set (the environment "${environment}" of ${of}; its record is ConfigMap/${record})`
}

function remedyFor(other: OtherSet | undefined, set: OwnSet): string {
  if (other === undefined)
    return 'Rename the endpoint, or remove the object (or its label) where it is managed now. If the project, the environment or its namespace was renamed, give it its old name back.'
  if (other.project === set.project)
    return `Give ${set.environment.name} or ${other.environment} another namespace in slipway.yaml, or rename the endpoint.`
  return `Rename the endpoint, or remove it there. If the project was renamed, give it its old name back: ${other.project}.`
}
