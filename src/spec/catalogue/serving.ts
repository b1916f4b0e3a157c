import {
  accelerated,
  chooseRuntime,
  servingContainer,
  type Choice,
  type Container,
  type ModelNeeds,
} from '../../serving-runtime/index.ts'
import { at, isMap, defined, text, members, type JsonMap } from '../../object/index.ts'
import type { LayerSource } from '../layers/layer.ts'
import { mergeField } from '../layers/merge.ts'
import type { Serving } from '../set.ts'
import type { ServingRuntimeCatalogue, StorageContainer } from './serving-runtimes.ts'

/** What the model of the layers, or of a complete spec, needs; undefined where it names no format. */
export function modelNeeds(model: unknown, namespace: string): ModelNeeds | undefined {
  const format = at(model, 'format')
  const name = at(format, 'name')
  if (typeof name !== 'string') return undefined
  return {
    format: { name, version: text(at(format, 'version')) },
    protocol: text(at(model, 'protocol')),
    servingRuntime: text(at(model, 'servingRuntime')),
    namespace,
  }
}

export function choiceOf(
  needs: ModelNeeds,
  catalogue: ServingRuntimeCatalogue | undefined,
): Choice {
  return chooseRuntime(needs, catalogue?.runtimes ?? [])
}

/** Of the layers, strongest first; undefined where there is no format or not one runtime for it (a rule says why). */
export function servingOf(
  sources: readonly LayerSource[],
  catalogue: ServingRuntimeCatalogue | undefined,
  namespace: string,
): Serving | undefined {
  const model = mergeField(sources, 'model')
  const needs = modelNeeds(model, namespace)
  if (needs === undefined) return undefined
  const { chosen } = choiceOf(needs, catalogue)
  if (chosen === undefined) return undefined
  const storageContainer = catalogue?.storageContainers.find(container =>
    isFor(container, text(at(model, 'uri'))),
  )
  return { runtime: chosen, ...defined({ storageContainer }) }
}

/** Whether a ClusterStorageContainer brings what is there: as KServe, by a prefix, else by a pattern. */
export function isFor({ formats }: StorageContainer, uri: string | undefined): boolean {
  if (uri === undefined) return false
  return formats.some(({ prefix = '', regex = '' }) =>
    prefix === '' ? regex !== '' && new RegExp(regex).test(uri) : uri.startsWith(prefix),
  )
}

/** What a serving runtime says about an endpoint: a layer below the project's own, with the places of its manifest. */
export function runtimeLayer(sources: readonly LayerSource[], { runtime }: Serving): LayerSource {
  const container: Container = servingContainer(runtime) ?? { name: '' }
  const index = runtime.spec.containers.indexOf(container)
  const { resources, paths } = resourcesOf(container)
  const said = sources.filter(({ isBuiltIn }) => !isBuiltIn)
  const gpus = Number(at(mergeField(said, 'resources'), 'gpus') ?? resources['gpus'] ?? 0)
  const { nodeSelector, tolerations, affinity } = runtime.spec
  const image = text(at(container, 'image'))
  const port = portsOf(container)[0]
  const fields: JsonMap = defined({
    image: image === undefined ? undefined : accelerated(image, runtime, gpus),
    imagePullPolicy: container['imagePullPolicy'],
    imagePullSecrets: namesIn(runtime.spec['imagePullSecrets']),
    port,
    loadTime: startupWindow(container['startupProbe']),
    resources: Object.keys(resources).length === 0 ? undefined : resources,
    scheduling: orAbsent(defined({ nodeSelector, tolerations, affinity })),
    model: { servingRuntime: runtime.name },
  })
  return {
    layer: 'catalogue',
    fields,
    placeOf: path => runtime.placeOf(placeIn(path, ['spec', 'containers', index], paths)),
    isBuiltIn: false,
    hasNulls: false,
  }
}

type Path = readonly (string | number)[]

/** Where a field of the layer stands in the manifest. */
function placeIn(path: Path, container: Path, resources: ReadonlyMap<string, Path>): Path {
  const [first, ...rest] = path
  switch (first) {
    case 'image':
    case 'imagePullPolicy':
      return [...container, first]
    case 'port':
      return [...container, 'ports', 0, 'containerPort']
    case 'loadTime':
      return [...container, 'startupProbe']
    case 'resources':
      return [...container, 'resources', ...(resources.get(rest.slice(0, 2).join('.')) ?? [])]
    case 'scheduling':
      return ['spec', ...rest]
    case 'imagePullSecrets':
      return ['spec', ...path]
    default:
      return ['metadata', 'name']
  }
}

const BOUNDED: Readonly<Record<string, string>> = {
  cpu: 'cpu',
  memory: 'memory',
  'ephemeral-storage': 'ephemeralStorage',
}

const GPU = /^(nvidia|amd)\.com\/gpu$|^nvidia\.com\/mig-|\/gpu$/

/** A container's resources as the spec says them, and where each stands below `resources`. */
function resourcesOf(container: Container): { resources: JsonMap; paths: Map<string, Path> } {
  const resources: JsonMap = {}
  const paths = new Map<string, Path>()
  for (const [list, bound] of [
    ['requests', 'request'],
    ['limits', 'limit'],
  ] as const) {
    for (const [name, quantity] of Object.entries(members(at(container['resources'], list)))) {
      const field = BOUNDED[name]
      if (field !== undefined) {
        resources[field] = { ...members(at(resources, field)), [bound]: String(quantity) }
        paths.set(`${field}.${bound}`, [list, name])
      } else if (GPU.test(name)) {
        Object.assign(resources, { gpus: Number(quantity), gpuResource: name })
        paths.set('gpus', [list, name]).set('gpuResource', [list, name])
      }
    }
  }
  return { resources, paths }
}

function portsOf(container: Container): number[] {
  const { ports } = container
  const numbers = (Array.isArray(ports) ? ports : []).map(port => at(port, 'containerPort'))
  return numbers.filter(port => typeof port === 'number')
}

/** Seconds until the kubelet gives up a start, by the API's defaults. */
function startupWindow(probe: unknown): number | undefined {
  if (!isMap(probe)) return undefined
  const { initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 } = probe
  return Number(initialDelaySeconds) + Number(periodSeconds) * Number(failureThreshold)
}

function namesIn(secrets: unknown): string[] | undefined {
  if (!Array.isArray(secrets)) return undefined
  return secrets.map(secret => text(at(secret, 'name'))).filter(name => name !== undefined)
}

function orAbsent(fields: JsonMap): JsonMap | undefined {
  return Object.keys(fields).length === 0 ? undefined : fields
}
