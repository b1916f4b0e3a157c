import { placeText, problemWith, type Problem } from '../../problem/index.ts'
import { equalValues, isMap } from '../../object/index.ts'
import type { LayerSource } from '../layers/layer.ts'
import { KEYED_LISTS } from '../layers/lists.ts'
import { isAlternative } from '../layers/merge.ts'
import { isMatch, type Matched, type Overlay } from '../layers/overlay.ts'
import type { Path } from '../yaml/node.ts'

/** An endpoint as overlays see it, and what its own file says. */
export interface OverlaySubject extends Matched {
  own: LayerSource
}

/**
 * Fields of overlay entries that change nothing, because the endpoint's own file, which is stronger, says something else: the obvious
 * way to promote a version does nothing then. An entry that is for many is meant to give way to some of them.
 */
export function overriddenOverlays(
  overlays: readonly Overlay[],
  subjects: readonly OverlaySubject[],
): Problem[] {
  return overlays.flatMap(overlay => {
    const { match, source } = overlay
    // One for all is the environment's default.
    if (Object.keys(match).length === 0) return []
    const matched = subjects.filter(subject => isMatch(overlay, subject))
    const isNamed = match.name !== undefined
    const found = leavesOf(source.fields).flatMap(path => {
      const stronger = matched.flatMap(subject => {
        const by = strongerThan(source, subject.own, path)
        return by === undefined ? [] : [{ subject, by }]
      })
      const isTold = isNamed ? stronger.length > 0 : stronger.length === matched.length
      return isTold
        ? stronger.slice(0, 1).map(({ subject, by }) => overridden(overlay, subject, by))
        : []
    })
    return [...new Map(found.map(problem => [problem.message, problem])).values()]
  })
}

/** Paths at which one layer's value takes the place of another's. */
export function leavesOf(value: unknown, path: Path = []): Path[] {
  if (!isMap(value) || isAlternative(path)) return [path]
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]))
}

/** Where an overlay says something in vain, and where the endpoint's own file says what holds instead. */
interface Stronger {
  path: Path
  own: Path
  /** Of lists that all layers add to: which entry. */
  key?: string
}

function strongerThan(overlay: LayerSource, own: LayerSource, path: Path): Stronger | undefined {
  const [first] = path
  // Of two candidates the rule on them speaks.
  if (first === 'canary') return undefined
  const other = ALTERNATIVES[String(first)]
  if (other !== undefined && own.fields[String(first)] === undefined)
    return (own.fields[other] ?? null) === null ? undefined : { path: [first ?? ''], own: [other] }
  const isAddedTo = path.length === 1 && own.fields[String(first)] !== null
  if (isAddedTo && String(first) in KEYED_LISTS) return strongerEntry(overlay, own, String(first))
  return isOverridden(overlay, own, path) ? { path, own: path } : undefined
}

/** The one that the strongest layer names holds. */
const ALTERNATIVES: Readonly<Record<string, string>> = { replicas: 'scaling', scaling: 'replicas' }

/** The first entry of a list in whose place the endpoint puts another one. */
function strongerEntry(overlay: LayerSource, own: LayerSource, name: string): Stronger | undefined {
  const keyOf = KEYED_LISTS[name]
  const entriesOf = ({ fields }: LayerSource) => {
    const value: unknown = fields[name]
    return Array.isArray(value)
      ? value.map(entry => ({ key: keyOf?.(entry), text: JSON.stringify(entry) }))
      : []
  }
  const theirs = entriesOf(overlay)
  const ours = entriesOf(own)
  for (const [index, { key, text }] of theirs.entries()) {
    if (key === undefined) continue
    const at = ours.findIndex(entry => entry.key === key)
    if (at >= 0 && ours[at]?.text !== text) return { path: [name, index], own: [name, at], key }
  }
  return undefined
}

/** What both say alike does no harm. */
function isOverridden(overlay: LayerSource, own: LayerSource, path: Path): boolean {
  let [ours, theirs]: [unknown, unknown] = [own.fields, overlay.fields]
  for (const step of path) {
    if (ours === null) return true
    if (!isMap(ours)) return true
    ours = ours[String(step)]
    theirs = isMap(theirs) ? theirs[String(step)] : undefined
    if (ours === undefined) return false
  }
  return JSON.stringify(ours) !== JSON.stringify(theirs)
}

function overridden(
  { source }: Overlay,
  { name, own }: OverlaySubject,
  { path, own: ownPath, key }: Stronger,
): Problem {
  const stronger = own.placeOf(ownPath)
  const field = key === undefined ? writtenPath(source, path).join('.') : `${path[0]} "${key}"`
  const isSame = path[0] === ownPath[0]
  return problemWith({
    code: 'overlay-overridden',
    severity: 'warning',
    place: source.placeOf(path),
    endpoint: name,
    message: `${field} of this overlay entry changes nothing for ${name}: ${stronger ? placeText(stronger) : 'its own file'} sets ${isSame ? 'it, too' : `${ownPath[0]}`}`,
    cause: "An endpoint's own file takes precedence over an overlay.",
    remedy: `Remove ${isSame ? 'it' : ownPath[0]} there, so that each environment sets its own, or ${isSame ? 'here' : 'this here'}.`,
  })
}

/** `resources.cpu`, where the file gives one value for request and limit. */
function writtenPath(source: LayerSource, path: Path): Path {
  const above = path.slice(0, -1)
  const isSame = equalValues(source.placeOf(above), source.placeOf(path))
  return above.length > 0 && isSame ? writtenPath(source, above) : path
}
