import { APPLYSET, formatRef, refOf, SET_ANNOTATION, type KubeObject } from '../../object/index.ts'
import { problemWith, type Problem } from '../../problem/index.ts'
import type { EndpointSet } from '../../spec/index.ts'

/** A parent that somebody else answers for is not written to: KEP-3659 asks it of every tool. Project a in b-c and a-b in c have one name. */
export function foreignParent(
  parent: KubeObject | undefined,
  { project, environment }: Pick<EndpointSet, 'project' | 'environment'>,
): Problem | undefined {
  const owner = parent && ownerOf(parent, `${project}/${environment.name}`)
  if (parent === undefined || owner === undefined) return undefined
  const object = formatRef(refOf(parent))
  return problemWith({
    code: 'foreign-owner',
    message: `${object}, where the record of this set belongs, exists already and is ${owner}`,
    object,
    place: environment.place,
    remedy: 'Rename the project or the environment, or take another namespace for it.',
  })
}

function ownerOf({ metadata }: KubeObject, set: string): string | undefined {
  const tooling = metadata.annotations?.[APPLYSET.tooling]
  if (tooling === undefined) return 'no record of a set'
  if (!tooling.startsWith('slipway/')) return `the record of ${tooling}`
  const other = metadata.annotations?.[SET_ANNOTATION]
  if (other === undefined || other === set) return undefined
  const [project, environment] = other.split('/')
  return `the record of the project "${project}" in the environment "${environment}"`
}
