import { choiceOf, modelNeeds } from '../catalogue/serving.ts'
import type { ServingRuntimeCatalogue } from '../catalogue/serving-runtimes.ts'
import { closest, type Found } from '../../problem/index.ts'
import {
  obstaclesTo,
  servingContainer,
  unknownPlaceholders,
  type Choice,
  type ModelNeeds,
  type ServingRuntime,
} from '../../serving-runtime/index.ts'
import type { Endpoint } from '../set.ts'
import { contradiction, type Finding, type Rule } from './rule.ts'

/** Exactly one serving runtime of the catalogue serves a model format: the one that KServe would take. */
export const runtimeIsChosen: Rule = (endpoint, { catalogues: { servingRuntimes } }) => {
  const needs = modelNeeds(endpoint.spec.model, endpoint.namespace)
  if (endpoint.spec.runtime === 'external' || needs === undefined || endpoint.serving) return []
  const choice = choiceOf(needs, servingRuntimes)
  if (choice.chosen !== undefined) return []
  const finding =
    servingRuntimes === undefined ? NO_CATALOGUE : refusalOf(choice, needs, servingRuntimes)
  const path =
    needs.servingRuntime === undefined ? 'spec.model.format' : 'spec.model.servingRuntime'
  return { code: 'serving-runtime', path, ...finding }
}

type Why = Pick<Finding, 'message' | 'cause' | 'remedy'>

const NO_CATALOGUE: Why = {
  message: 'spec.model.format is given, but the project has no catalogue of serving runtimes',
  cause: 'The serving runtime decides on the image, port and probes.',
  remedy: 'Run "slipway import servingruntimes" to write those of a cluster to serving-runtimes.',
}

type Refusal = Exclude<Choice, { chosen: ServingRuntime }>

function refusalOf(choice: Refusal, needs: ModelNeeds, catalogue: ServingRuntimeCatalogue): Why {
  if (choice.reason === 'unknown') return unknown(needs, catalogue)
  if (choice.reason === 'unfit') return unfit(needs, choice.considered)
  if (choice.reason === 'several') return several(needs, choice.considered)
  return none(needs, choice.considered, catalogue)
}

function unknown(
  { servingRuntime = '' }: ModelNeeds,
  { folder, runtimes }: ServingRuntimeCatalogue,
): Why {
  const names = runtimes.map(({ name }) => name)
  const near = closest(servingRuntime, names)
  return {
    message: `there is not a serving runtime "${servingRuntime}" in ${folder}`,
    remedy: near === undefined ? `Choose one of: ${names.join(', ')}.` : `Did you mean "${near}"?`,
  }
}

function unfit(needs: ModelNeeds, [runtime]: readonly ServingRuntime[]): Why {
  const obstacles = runtime === undefined ? [] : obstaclesTo(runtime, needs)
  return {
    message: `the serving runtime "${needs.servingRuntime}" cannot serve ${formatText(needs)}: ${obstacles.join(', ')}`,
    remedy: 'Leave spec.model.servingRuntime out to have it chosen, or name another.',
  }
}

function several(needs: ModelNeeds, runtimes: readonly ServingRuntime[]): Why {
  return {
    message: `${runtimes.length} serving runtimes support ${formatText(needs)} equally well: ${runtimes.map(withPlace).join(', ')}`,
    cause: 'KServe would take the one that was created last.',
    remedy: 'Name one in spec.model.servingRuntime, or give one of them a higher priority.',
  }
}

const NEAREST = 3

function none(
  needs: ModelNeeds,
  considered: readonly ServingRuntime[],
  { folder, runtimes }: ServingRuntimeCatalogue,
): Why {
  const message = `no serving runtime in ${folder} supports ${formatText(needs)}`
  const nearest = considered
    .slice(0, NEAREST)
    .map(runtime => `${withPlace(runtime)}: ${obstaclesTo(runtime, needs).join(', ')}`)
  if (nearest.length > 0) {
    return {
      message,
      cause: `The nearest are ${nearest.join('; ')}.`,
      remedy: 'Change spec.model, or name a runtime in spec.model.servingRuntime.',
    }
  }
  const formats = runtimes.flatMap(({ spec }) => spec.supportedModelFormats ?? [])
  const known = [...new Set(formats.map(({ name }) => name))]
  const near = closest(needs.format.name, known)
  return {
    message,
    remedy: near === undefined ? `Formats there: ${known.join(', ')}.` : `Did you mean "${near}"?`,
  }
}

function formatText({ format, protocol }: ModelNeeds): string {
  const version = format.version === undefined ? '' : ` version ${format.version}`
  return `${format.name}${version}${protocol === undefined ? '' : ` by ${protocol}`}`
}

function withPlace({ name, placeOf }: ServingRuntime): string {
  const { file, line } = placeOf(['metadata', 'name'])
  return `${name} (${file}:${line})`
}

/** What only a model format makes use of. */
export const formatFieldsNeedFormat: Rule = endpoint => {
  const { runtime, model } = endpoint.spec
  if (runtime === 'external' || model === undefined || model.format !== undefined) return []
  return (['protocol', 'servingRuntime', 'storage'] as const)
    .filter(field => model[field] !== undefined)
    .map(field =>
      contradiction(
        `spec.model.${field}`,
        `spec.model.${field} is given, but there is no spec.model.format`,
        'Set spec.model.format, or leave it out.',
      ),
    )
}

/** What KServe alone does is not in a Deployment. */
export const formatSuitsRuntime: Rule = endpoint => {
  const { serving, spec } = endpoint
  const isTwice = spec.model?.uri !== undefined && spec.model.storage !== undefined
  return [
    isTwice
      ? contradiction(
          'spec.model.storage',
          'spec.model.storage and spec.model.uri are both given',
          'Keep one.',
        )
      : undefined,
    serving && contradictions(endpoint, serving.runtime),
  ]
}

function contradictions(endpoint: Endpoint, runtime: ServingRuntime): Found<Finding> {
  return endpoint.spec.runtime === 'kserve'
    ? switchedOff(endpoint, runtime)
    : [notInADeployment(endpoint, runtime), notFilled(runtime)]
}

function notInADeployment(
  { spec, serving }: Endpoint,
  runtime: ServingRuntime,
): Finding | undefined {
  const { uri, storage, fetch } = spec.model ?? {}
  if (runtime.spec.workerSpec !== undefined) {
    return contradiction(
      'spec.runtime',
      `the serving runtime "${runtime.name}" spans several nodes, and a Deployment does not`,
      'Use "runtime: kserve", or another serving runtime.',
    )
  }
  if (storage !== undefined) {
    return {
      code: 'contradiction',
      path: 'spec.model.storage',
      message: 'spec.model.storage is given, but the runtime is deployment',
      cause: 'KServe alone knows that storage.',
      remedy: 'Use spec.model.uri, which works in both runtimes.',
    }
  }
  if (uri === undefined || uri.startsWith('pvc://') || fetch !== undefined) return undefined
  if (serving?.storageContainer !== undefined) return undefined
  return {
    code: 'contradiction',
    path: 'spec.model.uri',
    message: `nothing brings ${uri} to /mnt/models in a Deployment`,
    cause:
      'KServe does it by a ClusterStorageContainer, and none in the catalogue is for this URI.',
    remedy:
      'Set "spec.model.fetch: {image: …}", or add the ClusterStorageContainer to the folder of serving runtimes.',
  }
}

function notFilled(runtime: ServingRuntime): Finding | undefined {
  const [placeholder] = unknownPlaceholders(servingContainer(runtime))
  if (placeholder === undefined) return undefined
  return contradiction(
    'spec.model.servingRuntime',
    `the serving runtime "${runtime.name}" has the placeholder ${placeholder}, which only KServe fills in`,
    'Use "runtime: kserve", or a placeholder such as {{.Name}} or {{.Labels.NAME}}.',
  )
}

const PROBES = { readiness: 'readinessProbe', liveness: 'livenessProbe', startup: 'startupProbe' }

/** A field of the runtime can be changed by an InferenceService, and not taken away; where nobody asks for that, the runtime's holds. */
function switchedOff(endpoint: Endpoint, runtime: ServingRuntime): Finding[] {
  const { spec } = endpoint
  return (['readiness', 'liveness', 'startup'] as const)
    .filter(kind => spec.probes[kind] === false)
    .filter(kind => endpoint.originOf(`spec.probes.${kind}`)?.layer !== 'built-in')
    .filter(kind => kind === 'readiness' || servingContainer(runtime)?.[PROBES[kind]] !== undefined)
    .map(kind =>
      contradiction(
        `spec.probes.${kind}`,
        `spec.probes.${kind} is false, but KServe gives the server of "${runtime.name}" one`,
        'Leave it out, or change its times.',
      ),
    )
}

const COMPONENTS = ['transformer', 'explainer'] as const

/** Without KServe there is nothing that sends requests through another component. */
export const componentsNeedKserve: Rule = endpoint => {
  const { runtime, kserve } = endpoint.spec
  if (runtime !== 'deployment') return []
  return COMPONENTS.filter(component => kserve[component] !== undefined).map(component => ({
    code: 'contradiction',
    level: 'warn',
    path: `spec.kserve.${component}`,
    message: `spec.kserve.${component} is given, but the runtime is deployment: the endpoint is served without it`,
    remedy: 'Use "runtime: kserve", or run it beside the server (spec.sidecars).',
  }))
}
