import { KSERVE } from '../../kinds/index.ts'
import { at, entries, equalValues, type KubeObject } from '../../object/index.ts'
import type { Inquiry } from '../inquiry.ts'
import { deploymentOf } from './components.ts'
import { revisionOf } from './revisions.ts'
import type { Container, InferenceService, Predictor, Workload } from '../shapes.ts'
import { missingIn } from '../subset.ts'
import { latest } from '../times.ts'

/** What KServe takes over from a container as it is. Everything else may be changed on the way. */
const CONTAINER_FIELDS = [
  'image',
  'env',
  'envFrom',
  'ports',
  'resources',
  'readinessProbe',
  'livenessProbe',
  'startupProbe',
  'lifecycle',
] as const

/** Knative keeps these; it names ports, moves probes to its proxy and adds a hook of its own. */
const REVISION_FIELDS: readonly Field[] = ['image', 'env', 'envFrom', 'resources']

type Field = (typeof CONTAINER_FIELDS)[number]

const POD_FIELDS = ['nodeSelector', 'tolerations', 'terminationGracePeriodSeconds'] as const

/** The Deployment that KServe made for the predictor, beside which a transformer or explainer may have one. */
export function predictorDeployment({
  object,
  related,
}: Pick<Inquiry, 'object' | 'related'>): KubeObject | undefined {
  return deploymentOf('predictor', { object, related })
}

/**
 * Where the pod template of a predictor's Deployment, or of a revision of it, is not (yet) what the InferenceService asks for, as a path in
 * the predictor; undefined when it is. Its status tells this in no way: Ready stays True for a moment after an update, and
 * observedGeneration is the Deployment's own.
 */
export function staleField(service: KubeObject, deployment: KubeObject): string | undefined {
  const { predictor = {} } = (service as InferenceService).spec ?? {}
  const template = (deployment as Workload).spec?.template?.spec ?? {}
  const isRevision = revisionOf(deployment) !== undefined
  const fields = isRevision ? REVISION_FIELDS : CONTAINER_FIELDS
  const stale = staleContainer({ predictor, live: template.containers ?? [], fields })
  const staleInPod = stale ?? stalePodField(predictor, template)
  return isRevision ? staleInPod : (staleInPod ?? lostVolume(predictor, template))
}

interface Compared {
  predictor: Predictor
  live: Container[]
  fields: readonly Field[]
}

function staleContainer({ predictor, live, fields }: Compared): string | undefined {
  const wanted = predictor.containers ?? []
  for (const [index, container] of wanted.entries()) {
    const name = servingContainer(wanted, container)
    const counterpart = live.find(each => each.name === name)
    const stale =
      staleCommand(counterpart, container) ?? missingIn(counterpart, picked(container, fields))
    if (stale !== undefined) return `containers[${index}].${stale}`
  }
  return predictor.model && staleModel(predictor.model, live, fields)
}

/** What KServe calls a container of a predictor: one that is alone, and that of a model, have its own name. */
export function servingContainer(wanted: readonly Container[], container?: Container): string {
  return wanted.length > 1 && container !== undefined ? container.name : KSERVE.container
}

/** When the spec of a Deployment was written last. By whom does not matter: KServe alone writes it. */
export function specWrittenAt({ metadata }: KubeObject): string | undefined {
  return (metadata.managedFields ?? [])
    .filter(({ subresource }) => subresource === undefined)
    .map(({ time }) => time)
    .reduce(latest, metadata.creationTimestamp)
}

/** Lists that are one thing in whole: what is no longer wanted must be gone, too. */
function staleCommand(live: Container | undefined, wanted: Container): string | undefined {
  if (!equalValues(live?.command ?? [], wanted.command ?? [])) return 'command'
  return equalValues(live?.args ?? [], wanted.args ?? []) ? undefined : 'args'
}

/** The container of a model comes from a serving runtime, which puts its own arguments before the model's. */
function staleModel(
  model: Partial<Container>,
  live: Container[],
  fields: readonly Field[],
): string | undefined {
  const container = live.find(({ name }) => name === KSERVE.container)
  const { args = [] } = model
  const liveArgs = args.length === 0 ? [] : (container?.args ?? []).slice(-args.length)
  const missing = missingIn(container, picked(model, fields))
  if (missing !== undefined) return `model.${missing}`
  return equalValues(liveArgs, args) ? undefined : 'model.args'
}

function stalePodField(predictor: Predictor, template: object): string | undefined {
  const wanted = Object.fromEntries(POD_FIELDS.map(field => [field, predictor[field]]))
  return missingIn(template, wanted)
}

/** Of what it is, not how it is: sizes are written anew on the way. A source behind a feature gate that is off goes without a word. */
function lostVolume(predictor: object, template: object): string | undefined {
  const live = new Map(entries(at(template, 'volumes')).map(volume => [volume['name'], volume]))
  for (const { name, ...source } of entries(at(predictor, 'volumes'))) {
    const lost = Object.keys(source).find(kind => live.get(name)?.[kind] === undefined)
    if (lost !== undefined) return `volumes[name=${String(name)}].${lost}`
  }
  return undefined
}

function picked(container: Partial<Container>, fields: readonly Field[]): Record<string, unknown> {
  return Object.fromEntries(fields.map(field => [field, container[field]]))
}
