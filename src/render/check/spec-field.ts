import { at, equalValues, isMap } from '../../object/index.ts'
import { KSERVE, podSpecPath } from '../../kinds/index.ts'
import { pathText } from '../../spec/index.ts'
import type { Rendering } from '../rendered.ts'

export type Step = string | number

/**
 * The field of the spec that a field of a rendered object was taken from as it is: of `pod`, `kserve.predictor`, a sidecar, a volume. The
 * items of lists are found by their names, or as what they are. `spec` where it is none of these; of an object of one's own the field itself.
 */
export function specFieldOf(rendering: Rendering, path: readonly Step[]): string {
  const { object, endpoint } = rendering
  if (endpoint.isManifest === true) return pathText(path)
  for (const { rendered, said } of takenFrom(podSpecPath(object) ?? [])) {
    const below = inside(path, rendered)
    const found = below && follow(at(endpoint, ...said), at(object, ...rendered), below)
    if (found !== undefined) return pathText([...said, ...found])
  }
  return 'spec'
}

interface Taken {
  rendered: readonly Step[]
  said: readonly Step[]
}

function takenFrom(pod: readonly Step[]): Taken[] {
  const kserve = ['predictor', 'transformer', 'explainer'].map(component => ({
    rendered: ['spec', component],
    said: ['spec', 'kserve', component],
  }))
  const lists = [
    ['containers', 'sidecars'],
    ['initContainers', 'initContainers'],
    ['initContainers', 'sidecars'],
    ['volumes', 'volumes'],
    ['tolerations', 'scheduling', 'tolerations'],
    ['affinity', 'scheduling', 'affinity'],
  ] as const
  return [
    ...kserve,
    { rendered: pod, said: ['spec', 'pod'] },
    ...lists.map(([rendered, ...said]) => ({
      rendered: [...pod, rendered],
      said: ['spec', ...said],
    })),
    { rendered: ['spec', 'metrics'], said: ['spec', 'scaling', 'metrics'] },
    ...BEHAVIORS.map(rendered => ({ rendered, said: ['spec', 'scaling', 'behavior'] })),
    { rendered: ['spec', 'ingress', 0, 'from'], said: ['spec', 'networkPolicy', 'from'] },
  ]
}

/** Of a HorizontalPodAutoscaler, of KEDA's ScaledObject, and of an InferenceService. */
const BEHAVIORS = [
  ['spec', 'behavior'],
  ['spec', 'advanced', 'horizontalPodAutoscalerConfig', 'behavior'],
  ['spec', 'predictor', 'autoScaling', 'behavior'],
]

function inside(path: readonly Step[], start: readonly Step[]): readonly Step[] | undefined {
  const isInside = start.length < path.length && start.every((step, index) => path[index] === step)
  return isInside ? path.slice(start.length) : undefined
}

/** The same way in what was said; undefined where it does not say so far. */
function follow(said: unknown, rendered: unknown, path: readonly Step[]): Step[] | undefined {
  const [step, ...rest] = path
  if (step === undefined) return []
  const own = typeof step === 'number' ? indexIn(said, at(rendered, step), step) : step
  const inner = at(said, own)
  // What is missing is a fault of what holds it.
  if (inner === undefined) return rest.length === 0 && isMap(said) ? [] : undefined
  const found = follow(inner, at(rendered, step), rest)
  return found && [own, ...found]
}

function indexIn(said: unknown, item: unknown, index: number): number {
  if (!Array.isArray(said)) return index
  const name = at(item, 'name')
  if (typeof name !== 'string') {
    const equal = said.findIndex(each => equalValues(each, item))
    return equal === -1 ? index : equal
  }
  const same = said.findIndex(each => at(each, 'name') === name)
  if (same !== -1) return same
  return said.findIndex(each => at(each, 'name') === SERVER && SERVERS.has(name))
}

/** As `pod` calls the model server's container, and as objects do. */
const SERVER = 'server'
const SERVERS = new Set<string>([SERVER, KSERVE.container])
