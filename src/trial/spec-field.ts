import { kindNamed } from '../kinds/index.ts'
import { at, equalValues } from '../object/index.ts'
import type { RenderedObject } from '../render/index.ts'
import { POD_FIELDS } from '../spec/index.ts'

/** What a path in an object was made from; the first that fits. */
const BY_PATH: readonly [RegExp, string][] = [
  [/\bmetrics\b/, 'spec.scaling.metrics'],
  [/\bbehavior\b/, 'spec.scaling.behavior'],
  [/\b(minReplicas|maxReplicas)\b/, 'spec.scaling'],
  [/\btolerations\b/, 'spec.scheduling.tolerations'],
  [/\baffinity\b/, 'spec.scheduling.affinity'],
  ...Object.entries(POD_FIELDS).map(([name, field]): [RegExp, string] => [
    new RegExp(`\\b${name}\\b`),
    `spec.scheduling.${field}`,
  ]),
  [/\bvolume(s|Mounts)\b/, 'spec.volumes'],
  [/\benvFrom\b/, 'spec.envFrom'],
  [/\benv\b/, 'spec.env'],
  [/\bresources\b/, 'spec.resources'],
  [/\b(readiness|liveness|startup)Probe\b/, 'spec.probes'],
  [/\b(lifecycle|terminationGracePeriodSeconds)\b/, 'spec.shutdown'],
  [/\b(strategy|rollingUpdate)\b/, 'spec.rollout'],
  [/\bimage\b/, 'spec.image'],
  [/\bannotations\b/, 'metadata.annotations'],
  [/\blabels\b/, 'metadata.labels'],
]

const PATH = /\b(?:spec|metadata)\.[\w.[\]]+/

/**
 * The field of an endpoint that the API server's words about its object are about: a patch, where one changed what they name; `spec` when they
 * name none that is known. Unknown fields can only come from patches.
 */
export function specFieldNamedIn(
  rendered: Pick<RenderedObject, 'object' | 'patched'>,
  words: string,
) {
  const { object, patched } = rendered
  const path = PATH.exec(words)?.[0]
  const isUnknown = /unknown field/.test(words)
  if (patched !== undefined && (isUnknown || isChanged(object, patched.before, path)))
    return `spec.patches[${patched.last}]`
  if (isUnknown) return 'spec.patches'
  const known = path === undefined ? undefined : BY_PATH.find(([pattern]) => pattern.test(path))
  return known?.[1] ?? kindNamed(object.kind)?.field ?? 'spec'
}

/** What is missing is looked for where it would be. */
function isChanged(after: unknown, before: unknown, path: string | undefined): boolean {
  if (path === undefined) return false
  let [ours, theirs] = [after, before]
  for (const [step] of path.matchAll(/[\w-]+/g)) {
    const inner = at(ours, step)
    if (inner === undefined) break
    ours = inner
    theirs = at(theirs, step)
  }
  return !equalValues(ours, theirs)
}
