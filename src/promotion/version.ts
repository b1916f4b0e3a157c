import { at, equalValues } from '../object/index.ts'
import { leavesOf, type Endpoint, type OverlayField } from '../spec/index.ts'

/** What is of a version wherever it stands; the image is, too. */
const WHOLE = ['model', 'adapters'] as const

/** What is of a version where an overlay entry that names the endpoint says it; all else is the environment's own. */
const SETTINGS: ReadonlySet<string> = new Set([
  'command',
  'args',
  'env',
  'limits',
  'loadTime',
  'probes',
  'smoke',
])

export interface VersionQuestion {
  /** As it was applied in the environment that it comes from. */
  source: Pick<Endpoint, 'spec'>
  /** By digest. */
  image: string
  /** As it is in the environment that it goes to. */
  target: Pick<Endpoint, 'spec'>
  /** Paths of what the source's overlay says for it by name. */
  named: readonly (readonly string[])[]
}

export interface Version {
  /** What the target is to say otherwise; null where it is to say nothing. */
  fields: OverlayField[]
  /** Paths that differ by the overlay of the source, and are not of a version. */
  stays: string[]
}

/** How the target differs from the version that the source runs. */
export function versionOf(question: VersionQuestion): Version {
  const { source, target, image, named } = question
  const ofVersion = [
    ...WHOLE.flatMap(field => pathsOf(field, source, target)),
    ...named.filter(([first = '']) => SETTINGS.has(first)),
  ]
  const wanted = [
    { path: ['image'], value: image },
    ...ofVersion.map(path => ({ path, value: at(source.spec, ...path) ?? null })),
  ]
  const own = named.filter(([first = '']) => isOwn(first))
  return {
    fields: wanted.filter(field => !isAsWanted(target, field)),
    stays: own
      .filter(path => !equalValues(at(source.spec, ...path), at(target.spec, ...path)))
      .map(path => path.join('.')),
  }
}

/** Whether an endpoint has a field as it is to be. */
export function isAsWanted({ spec }: Pick<Endpoint, 'spec'>, { path, value }: OverlayField) {
  return equalValues(at(spec, ...path) ?? null, value)
}

function isOwn(field: string): boolean {
  return field !== 'image' && !SETTINGS.has(field) && !WHOLE.some(each => each === field)
}

/** Leaves of either side; what the target alone has is to go. */
function pathsOf(
  field: string,
  ...sides: readonly Pick<Endpoint, 'spec'>[]
): (readonly string[])[] {
  const paths = sides.flatMap(({ spec }) => {
    const value = at(spec, field)
    return value === undefined ? [] : leavesOf(value, [field]).map(path => path.map(String))
  })
  return [...new Map(paths.map(path => [path.join('\0'), path])).values()]
}
