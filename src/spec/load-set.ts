import { posix } from 'node:path'
import { OBJECTS } from '../object/index.ts'
import { hasErrors, byPlace, type Problem, type Loaded, type LoadedPart } from '../problem/index.ts'
import { readCatalogues, type Catalogues } from './catalogue/read.ts'
import { readCelRules } from './cel/read.ts'
import { completeLayers, type ReadEndpoint, type Surroundings } from './endpoint.ts'
import { ownLayer, readEndpoints } from './endpoints.ts'
import { chooseEnvironment, type ChosenEnvironment } from './environment.ts'
import type { LayerSource } from './layers/layer.ts'
import { NO_PROJECT, readProjectLayers, type ProjectLayers } from './layers/project-layers.ts'
import { belong } from './objects/belong.ts'
import { unitsOf } from './objects/units.ts'
import { plainSecrets } from './objects/secrets.ts'
import { readObjects, type ReadObject } from './objects/read.ts'
import { readProject, type ReadProject } from './project.ts'
import { checkEndpoint } from './rules/check-endpoint.ts'
import { checkLayer } from './rules/layer.ts'
import { overriddenOverlays, type OverlaySubject } from './rules/overridden.ts'
import { duplicateEndpoints, idleOverlays, predictorClashes } from './rules/whole-set.ts'
import type { CelRule, Endpoint, EndpointSet } from './set.ts'
import type { Source } from './source.ts'
import { unreadFiles } from './tree/unread.ts'

export interface LoadOptions {
  source: Source
  /** Else spec.defaultEnvironment, else the only one. */
  environment?: string
  /** In place of the environment's; an endpoint that names its own namespace keeps it. */
  overrides?: { namespace?: string; kserveVersion?: string }
  /** Also with errors in what the endpoints say: for what is only looked at, and never applied. */
  isEvenRefused?: boolean
}

/** Reads a project in an environment: slipway.yaml, catalogues and endpoints, every layer merged, every rule checked. */
export async function loadSet(options: LoadOptions): Promise<Loaded<EndpointSet>> {
  const { source } = options
  const project = await readProject(source)
  if (project.value === undefined) return { problems: project.problems }
  const { endpoints: named = 'endpoints' } = project.value.document.spec
  const folder = posix.normalize(named).replace(/\/$/, '')
  const [catalogues, endpoints] = await Promise.all([
    readCatalogues(source, project.value),
    readEndpoints(source, folder),
  ])
  const chosen = choose(project.value, options)
  const own = await readObjects(source, endpoints.objects)
  const problems = [
    ...catalogues.problems,
    ...endpoints.problems,
    ...own.problems,
    ...chosen.problems,
  ]
  if (chosen.value === undefined || hasErrors(catalogues.problems)) return finish(problems)
  const cel = await readCelRules(source, project.value, chosen.value)
  const set = completeSet({
    project: project.value,
    chosen: withCelRules(chosen.value, cel.value),
    override: options.overrides?.namespace,
    catalogues: catalogues.value,
    endpoints: endpoints.value,
    objects: own.value,
  })
  const all = [...problems, ...cel.problems, ...set.problems]
  const value = { ...set.value, unreadFiles: async () => unreadFiles(source, [folder, OBJECTS]) }
  return options.isEvenRefused === true ? { ...finish(all), value } : finish(all, value)
}

function withCelRules(
  { environment, spec }: ChosenEnvironment,
  cel: readonly CelRule[],
): ChosenEnvironment {
  if (cel.length === 0) return { environment, spec }
  return { spec, environment: { ...environment, policies: { ...environment.policies, cel } } }
}

function choose(project: ReadProject, { environment, overrides }: LoadOptions) {
  const { namespace, kserveVersion } = overrides ?? {}
  return chooseEnvironment(project, { name: environment, namespace, kserveVersion })
}

function finish(problems: Problem[], value?: EndpointSet): Loaded<EndpointSet> {
  const sorted = problems.toSorted(byPlace)
  return value === undefined || hasErrors(problems)
    ? { problems: sorted }
    : { value, problems: sorted }
}

interface Parts {
  project: ReadProject
  chosen: ChosenEnvironment
  override: string | undefined
  catalogues: Catalogues
  endpoints: ReadEndpoint[]
  objects: ReadObject[]
}

function completeSet(parts: Parts): LoadedPart<EndpointSet> {
  const { project, chosen, catalogues } = parts
  const { environment } = chosen
  const environments = Object.keys(project.document.spec.environments)
  const layers = readProjectLayers(project, chosen)
  const around: Surroundings = {
    namespace: environment.namespace,
    namespacePlace: namespacePlace(parts),
    kserveVersion: environment.kserve.version,
    kubernetesVersion: environment.kubernetes?.version,
    nodePools: environment.nodePools,
    layers,
    catalogues,
  }
  const endpoints = parts.endpoints.map(read => completeLayers(read, around))
  const context = { policies: environment.policies, catalogues }
  const sources = [...projectSources(layers), ...parts.endpoints.map(({ own }) => own)]
  const problems = [
    ...sources.flatMap(checkLayer),
    ...endpoints.flatMap(endpoint => checkEndpoint(endpoint, context)),
    ...checkTogether(endpoints, layers),
    ...overriddenOverlays(layers.overlays, subjectsOf(endpoints, parts.endpoints)),
  ]
  const { problems: strays, ...whole } = belong({
    reads: parts.objects,
    endpoints,
    environment,
    environments,
    shared: () => completeLayers(SHARED, { ...around, layers: NO_PROJECT, catalogues: {} }),
  })
  return {
    value: { project: project.document.metadata.name, environment, environments, ...whole },
    problems: [
      ...problems,
      ...strays,
      ...unitsOf(whole).flatMap(each => plainSecrets(each, environment.policies.plainSecrets)),
    ],
  }
}

/** An endpoint that renders nothing and stands for the project's own objects. */
const SHARED: ReadEndpoint = {
  name: OBJECTS,
  namespace: undefined,
  labels: {},
  annotations: {},
  own: ownLayer({ runtime: 'external' }, () => undefined),
  placeOf: () => undefined,
}

function namespacePlace({ project, chosen, override }: Parts) {
  if (override !== undefined) return undefined
  return project.placeOf(
    chosen.spec.namespace === undefined
      ? ['spec', 'namespace']
      : ['spec', 'environments', chosen.environment.name, 'namespace'],
  )
}

function projectSources({ overlays, defaults, servingTargets }: ProjectLayers): LayerSource[] {
  return [
    ...overlays.map(({ source }) => source),
    ...(defaults === undefined ? [] : [defaults]),
    ...servingTargets.values(),
  ]
}

function subjectsOf(
  endpoints: readonly Endpoint[],
  reads: readonly ReadEndpoint[],
): OverlaySubject[] {
  return endpoints.flatMap(({ name, labels, spec: { serves } }, index) => {
    const own = reads[index]?.own
    return own === undefined ? [] : [{ name, labels, serves, own }]
  })
}

function checkTogether(endpoints: readonly Endpoint[], { overlays }: ProjectLayers): Problem[] {
  return [
    ...duplicateEndpoints(endpoints),
    ...predictorClashes(endpoints),
    ...idleOverlays(overlays, endpoints),
  ]
}
