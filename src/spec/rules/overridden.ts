import type { Place, Problem } from '../../problem/index.ts'
import { isMap } from '../../object/index.ts'
import type { LayerSource } from '../layers/layer.ts'
import { KEYED_LISTS } from '../layers/lists.ts'
import { isAlternative } from '../layers/merge.ts'
import { isMatch } from '../layers/overlay.ts'
import type { Matched, Overlay } from '../layers/overlay.ts'
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
      const stronger = matched.filter(({ own }) => isOverridden(source, own, path))
      const isTold = isNamed ? stronger.length > 0 : stronger.length === matched.length
      return isTold ? stronger.slice(0, 1).map(first => overridden(overlay, first, path)) : []
    })
    return [...new Map(found.map(problem => [problem.message, problem])).values()]
  })
}

/** Paths at which one layer's value takes the place of another's. */
export function leavesOf(value: unknown, path: Path = []): Path[] {
  if (!isMap(value) || isAlternative(path)) return [path]
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]))
}

/** What both say alike does no harm. */
function isOverridden(overlay: LayerSource, own: LayerSource, path: Path): boolean {
  // Of two candidates the rule on them speaks.
  if (path[0] === 'canary') return false
  if (path.length === 1 && String(path[0]) in KEYED_LISTS) return false
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

function overridden({ source }: Overlay, { name, own }: OverlaySubject, path: Path): Problem {
  const place = source.placeOf(path)
  const stronger = own.placeOf(path)
  const field = writtenPath(source, path).join('.')
  return {
    code: 'overlay-overridden',
    severity: 'warning',
    ...(place === undefined ? {} : { place }),
    endpoint: name,
    message: `${field} of this overlay entry changes nothing for ${name}: ${placeText(stronger)} sets it, too`,
    cause: "An endpoint's own file takes precedence over an overlay.",
    remedy: 'Remove it there, so that each environment sets its own, or here.',
  }
}

/** `resources.cpu`, where the file gives one value for request and limit. */
function writtenPath(source: LayerSource, path: Path): Path {
  const above = path.slice(0, -1)
  const isSame = placeText(source.placeOf(above)) === placeText(source.placeOf(path))
  return above.length > 0 && isSame ? writtenPath(source, above) : path
}

function placeText(place: Place | undefined): string {
  return place === undefined ? 'its own file' : `${place.file}:${place.line}:${place.column}`
}
