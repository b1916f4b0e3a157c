import type { Place } from '../problem/index.ts'
import { addAdapters } from './catalogue/adapters.ts'
import { catalogueLayers } from './catalogue/layers.ts'
import {
  BUILT_IN_WITH_FORMAT,
  BUILT_IN_WITH_FORMAT_WITHOUT_DEFAULTS,
  BUILT_IN_WITHOUT_DEFAULTS,
} from './built-in.ts'
import { addLimits } from './catalogue/limits.ts'
import type { Catalogues } from './catalogue/read.ts'
import { servingOf } from './catalogue/serving.ts'
import { at, defined } from '../object/index.ts'
import { candidateLayers } from './layers/candidate.ts'
import { addDerived, dropUnasked } from './layers/derive.ts'
import { builtInLayer, type LayerSource } from './layers/layer.ts'
import { mergeField, mergeLayers } from './layers/merge.ts'
import type { MergedMap } from './layers/merged.ts'
import { locate, stepsOf } from './layers/origin.ts'
import { layersOf, type ProjectLayers } from './layers/project-layers.ts'
import { chooseReplicas } from './layers/replicas.ts'
import type { EffectiveSpec, Endpoint, NodePool, Origin, Serving } from './set.ts'
import type { Path } from './yaml/node.ts'

/** An Endpoint document, parsed. */
export interface ReadEndpoint {
  name: string
  namespace: string | undefined
  labels: Record<string, string>
  annotations: Record<string, string>
  own: LayerSource
  /** In its document; the nearest ancestor of a field that is not there. */
  placeOf: (path: Path) => Place | undefined
}

/** What the environment gives to every endpoint. */
export interface Surroundings {
  namespace: string
  /** Of the environment's namespace; undefined when it was given on the command line. */
  namespacePlace: Place | undefined
  kserveVersion: string
  kubernetesVersion?: string | undefined
  nodePools?: readonly NodePool[] | undefined
  layers: ProjectLayers
  catalogues: Catalogues
}

/** Merges all layers of one endpoint (R7), and those that its candidate has. */
export function completeLayers(read: ReadEndpoint, around: Surroundings): Endpoint {
  const given = layersOf(read, around.layers)
  const endpoint = completeFrom(given, read, around)
  const candidate = endpoint.spec.runtime !== 'external' && candidateLayers(given.upper)
  if (!candidate) return endpoint
  const promoted = completeFrom({ ...given, upper: candidate.layers }, read, around)
  return { ...endpoint, candidate: { endpoint: promoted, places: candidate.places } }
}

function completeFrom(given: GivenLayers, read: ReadEndpoint, around: Surroundings): Endpoint {
  const { name, labels, annotations } = read
  const layers = layersFor(given, read, around)
  const merged = mergeAll(layers, around.catalogues)
  return {
    name,
    namespace: read.namespace ?? around.namespace,
    labels,
    annotations,
    // Every layer went through the schema, and BUILT_IN fills what EffectiveSpec promises.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    spec: merged.value as EffectiveSpec,
    kserveVersion: around.kserveVersion,
    ...defined({
      serving: layers.serving,
      kubernetesVersion: around.kubernetesVersion,
      nodePools: around.nodePools,
    }),
    placeOf: path => placeOf(stepsOf(path), { read, around, merged }),
    originOf: path => originOf(stepsOf(path), { read, around, merged }),
  }
}

interface GivenLayers {
  /** Above the catalogues, strongest first. */
  upper: LayerSource[]
  builtIn: LayerSource
}

interface EndpointLayers extends GivenLayers {
  serving: Serving | undefined
}

/** A serving runtime takes the place of built-in values for servers that nobody knows. */
function layersFor(
  { upper, builtIn }: GivenLayers,
  read: ReadEndpoint,
  around: Surroundings,
): EndpointLayers {
  const runtime = mergeField([...upper, builtIn], 'runtime')
  const isBare = runtime === 'kserve' && at(mergeField(upper, 'kserve'), 'defaults') === false
  const hasFormat = at(mergeField(upper, 'model'), 'format') !== undefined
  if (runtime === 'external' || !hasFormat)
    return { upper, builtIn: isBare ? WITHOUT_DEFAULTS : builtIn, serving: undefined }
  const namespace = read.namespace ?? around.namespace
  const sources = [...upper, ...catalogueLayers(upper, around.catalogues, undefined)]
  const serving = servingOf(sources, around.catalogues.servingRuntimes, namespace)
  return { upper, builtIn: isBare ? FOR_FORMATS_WITHOUT_DEFAULTS : FOR_FORMATS, serving }
}

const FOR_FORMATS = builtInLayer('built-in', BUILT_IN_WITH_FORMAT)
const WITHOUT_DEFAULTS = builtInLayer('built-in', BUILT_IN_WITHOUT_DEFAULTS)
const FOR_FORMATS_WITHOUT_DEFAULTS = builtInLayer('built-in', BUILT_IN_WITH_FORMAT_WITHOUT_DEFAULTS)

function mergeAll({ upper, builtIn, serving }: EndpointLayers, catalogues: Catalogues): MergedMap {
  const fromCatalogues = catalogueLayers([...upper, builtIn], catalogues, serving)
  const all = chooseReplicas([...upper, ...fromCatalogues, builtIn])
  const merged = dropUnasked(mergeLayers(all, builtIn))
  if (merged.value['runtime'] === 'external') return merged
  return addDerived(addAdapters(addLimits(merged, catalogues.images), catalogues.images))
}

interface Facts {
  read: ReadEndpoint
  around: Surroundings
  merged: MergedMap
}

function originOf(steps: readonly string[], { read, around, merged }: Facts): Origin | undefined {
  const [first, ...rest] = steps
  if (first === 'metadata') return metadataOrigin(rest, read, around)
  if (first !== 'spec') return undefined
  const found = locate(merged.value, merged.trace, rest)
  if (found === undefined) return undefined
  const { layer } = found.source
  return withPlace(layer, found.source.placeOf(found.path))
}

function withPlace(layer: Origin['layer'], place: Place | undefined): Origin {
  return place === undefined ? { layer } : { layer, place }
}

function metadataOrigin(
  path: readonly string[],
  read: ReadEndpoint,
  { namespacePlace }: Surroundings,
): Origin | undefined {
  if (path[0] === 'namespace' && read.namespace === undefined)
    return withPlace('overlay', namespacePlace)
  const metadata = { name: read.name, namespace: read.namespace, labels: read.labels }
  const value = { ...metadata, annotations: read.annotations }
  const found = locate(value, { source: read.own }, path)
  if (found === undefined) return undefined
  return withPlace('endpoint', read.placeOf(['metadata', ...found.path]))
}

/** Of a built-in value, and of a field that is nowhere: the nearest ancestor in the endpoint's own document. */
function placeOf(steps: readonly string[], facts: Facts): Place | undefined {
  for (let length = steps.length; length > 1; length--) {
    const place = originOf(steps.slice(0, length), facts)?.place
    if (place !== undefined) return place
  }
  return facts.read.placeOf(steps)
}
