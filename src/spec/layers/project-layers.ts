import type { JsonMap } from '../../object/index.ts'
import { BUILT_IN, SERVING_TARGETS } from '../built-in.ts'
import type { ChosenEnvironment } from '../environment.ts'
import type { ReadProject } from '../project.ts'
import type { Layer } from '../set.ts'
import type { Path } from '../yaml/node.ts'
import { builtInLayer, type LayerSource } from './layer.ts'
import { mergeField } from './merge.ts'
import { isMatch, readOverlays, type Overlay } from './overlay.ts'

/** Everything besides an endpoint's own file that settings come from; the same for all endpoints. */
export interface ProjectLayers {
  /** The environment's forced runtime: the one thing stronger than an endpoint. */
  forced: LayerSource | undefined
  overlays: Overlay[]
  defaults: LayerSource | undefined
  servingTargets: ReadonlyMap<string, LayerSource>
}

export const NO_PROJECT: ProjectLayers = {
  forced: undefined,
  overlays: [],
  defaults: undefined,
  servingTargets: new Map(),
}

const BUILT_IN_LAYER = builtInLayer('built-in', BUILT_IN)
const BUILT_IN_TARGETS = new Map(
  Object.entries(SERVING_TARGETS).map(([name, fields]) => [
    name,
    builtInLayer('serving-target', fields),
  ]),
)

export function readProjectLayers(project: ReadProject, chosen: ChosenEnvironment): ProjectLayers {
  const { defaults, servingTargets = {} } = project.document.spec
  const { runtime } = chosen.spec
  const layerAt = (layer: Layer, fields: JsonMap, at: Path): LayerSource => ({
    layer,
    fields,
    placeOf: path => project.placeOf([...at, ...path]),
    isBuiltIn: false,
    hasNulls: project.hasNulls,
  })
  const environment = ['spec', 'environments', chosen.environment.name]
  return {
    forced: runtime === undefined ? undefined : layerAt('overlay', { runtime }, environment),
    overlays: readOverlays(project, chosen),
    defaults:
      defaults === undefined ? undefined : layerAt('project', defaults, ['spec', 'defaults']),
    servingTargets: new Map(
      Object.entries(servingTargets).map(([name, fields]) => [
        name,
        layerAt('serving-target', fields, ['spec', 'servingTargets', name]),
      ]),
    ),
  }
}

export interface Subject {
  name: string
  labels: Record<string, string>
  own: LayerSource
}

/** The layers of one endpoint, strongest first; the catalogues' go between the two. */
export function layersOf(
  { name, labels, own }: Subject,
  project: ProjectLayers,
): { upper: LayerSource[]; builtIn: LayerSource } {
  const defaults = project.defaults === undefined ? [] : [project.defaults]
  const plain = [own, ...defaults, BUILT_IN_LAYER]
  const matched = { name, labels, serves: String(mergeField(plain, 'serves')) }
  const overlays = project.overlays
    .filter(overlay => isMatch(overlay, matched))
    .map(({ source }) => source)
  const named = [own, ...overlays, ...defaults]
  const targets = targetLayers(project, String(mergeField([...named, BUILT_IN_LAYER], 'serves')))
  const upper = [...named, ...targets]
  const isExternal = mergeField([...upper, BUILT_IN_LAYER], 'runtime') === 'external'
  if (isExternal) {
    const trimmed = upper.map(source => (source === own ? source : forExternal(source)))
    return { upper: trimmed, builtIn: BUILT_IN_LAYER }
  }
  const forced = project.forced === undefined ? [] : [project.forced]
  return { upper: [...forced, ...upper], builtIn: BUILT_IN_LAYER }
}

function targetLayers(project: ProjectLayers, serves: string): LayerSource[] {
  const layers = [project.servingTargets.get(serves), BUILT_IN_TARGETS.get(serves)]
  return layers.filter(layer => layer !== undefined)
}

/** JsonMap that mean something without a workload. */
export const EXTERNAL_FIELDS: ReadonlySet<string> = new Set([
  'runtime',
  'serves',
  'model',
  'external',
  'service',
  'ingress',
  'route',
  'patches',
])

const trimmedOf = new WeakMap<LayerSource, LayerSource>()

/** Defaults for workloads do not concern an endpoint without one. */
function forExternal(source: LayerSource): LayerSource {
  if (source.isBuiltIn) return source
  const known = trimmedOf.get(source)
  if (known !== undefined) return known
  const kept = Object.entries(source.fields).filter(([name]) => EXTERNAL_FIELDS.has(name))
  const result = { ...source, fields: Object.fromEntries(kept) }
  trimmedOf.set(source, result)
  return result
}
