import { DEPLOYMENT, isKserve, isKnative, isOf, KSERVE, SHARE } from '../../kinds/index.ts'
import {
  at,
  defined,
  entries,
  equalValues,
  isMap,
  members,
  number,
  text,
  type JsonMap,
  type KubeObject,
} from '../../object/index.ts'
import type { LiveEndpoint } from '../live.ts'
import { modeAsked } from '../read.ts'

/** Under Knative a candidate is the newest revision of an InferenceService; what served before it is known to the cluster alone. */
export interface RevisionTrial {
  /** Percentage of the requests. */
  weight: number
  /** The InferenceService without the candidate; undefined where that cannot be said. */
  before?: KubeObject
  /** Then why, as a clause. */
  reason?: string
}

/** Undefined where no share is given. */
export function revisionTrialOf(
  found: Pick<LiveEndpoint, 'workload' | 'others'>,
): RevisionTrial | undefined {
  const { workload } = found
  const weight = isKserve(workload) ? shareOf(workload) : undefined
  if (weight === undefined) return undefined
  return { weight, ...beforeOf(found) }
}

/** In whichever way the mode is said. */
export function shareOf(service: KubeObject): number | undefined {
  return isKnative(modeAsked(service)) ? number(at(service, ...SHARE)) : undefined
}

function beforeOf({
  workload,
  others = [],
}: Parameters<typeof revisionTrialOf>[0]): Omit<RevisionTrial, 'weight'> {
  const predictor = at(workload, 'status', 'components', 'predictor')
  const newest = text(at(predictor, 'latestCreatedRevision'))
  const stable = text(at(predictor, 'latestRolledoutRevision'))
  if (newest === undefined || stable === undefined || newest === stable)
    return { reason: 'there is no revision beside its newest one' }
  const [is, was] = [newest, stable].map(name => podOf(others, workload, name))
  if (is === undefined || was === undefined)
    return {
      reason: `the Deployment of revision ${was === undefined ? stable : newest} was not found`,
    }
  if (!equalValues(otherwise(is), otherwise(was)))
    return {
      reason: `revision ${stable} differs in more than image, command, args, env, resources and model`,
    }
  const servers = [serverIn(is), serverIn(was)] as const
  if (isMap(at(workload, 'spec', 'predictor', 'model')) && !isStartedAlike(...servers))
    return { reason: `revision ${stable} starts otherwise by its serving runtime` }
  const before = withServer(workload, ...servers)
  return equalValues(before, withoutShare(workload))
    ? { reason: `revision ${stable} differs in nothing that the InferenceService says` }
    : { before }
}

function podOf(
  others: readonly KubeObject[],
  { metadata }: KubeObject,
  revision: string,
): JsonMap | undefined {
  const found = others.find(
    each =>
      isOf(each, DEPLOYMENT) &&
      each.metadata.namespace === metadata.namespace &&
      each.metadata.labels?.[KSERVE.revision] === revision,
  )
  const pod = at(found, 'spec', 'template', 'spec')
  return isMap(pod) ? pod : undefined
}

/** A model's arguments come after those of its runtime, which a pod does not tell apart. */
function isStartedAlike(is: Server, was: Server): boolean {
  return equalValues(is.command, was.command) && equalValues(is.args, was.args)
}

const FIELDS = ['image', 'command', 'args', 'resources'] as const

/** What a revision is made with. */
interface Server extends Partial<Record<(typeof FIELDS)[number], unknown>> {
  env: Map<string, JsonMap>
  /** That KServe fetches. */
  uri?: unknown
}

function serverIn(pod: JsonMap): Server {
  const server = entries(pod['containers']).find(({ name }) => name === KSERVE.container)
  const fetcher = entries(pod['initContainers']).find(({ name }) => name === FETCHER)
  const variables = entries(server?.['env']).filter(({ name }) => !KNATIVES.test(String(name)))
  return {
    ...Object.fromEntries(FIELDS.map(field => [field, server?.[field]])),
    env: new Map(variables.map(variable => [String(variable['name']), variable])),
    uri: at(fetcher, 'args', 0),
  }
}

/** Of KServe: pkg/constants (StorageInitializerContainerName). */
const FETCHER = 'storage-initializer'

/** Knative's own variables: knative.dev/serving, pkg/reconciler/revision/resources. */
const KNATIVES = /^(?:PORT|K_(?:REVISION|CONFIGURATION|SERVICE))$/

/** All the rest of a pod; Knative's proxy has the name of the revision in it. */
function otherwise(pod: JsonMap): JsonMap {
  const containers = entries(pod['containers']).filter(({ name }) => name !== KSERVE.knativeProxy)
  return {
    ...pod,
    containers: containers.map(each =>
      each['name'] === KSERVE.container ? without(each, ['env', ...FIELDS]) : each,
    ),
    initContainers: entries(pod['initContainers']).map(each =>
      each['name'] === FETCHER ? without(each, ['args']) : each,
    ),
  }
}

function without(fields: JsonMap, names: readonly string[]): JsonMap {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))
}

function withoutShare(workload: KubeObject): KubeObject {
  const predictor = without(members(at(workload, 'spec', 'predictor')), [SHARE[2]])
  return { ...workload, spec: { ...members(workload['spec']), predictor } }
}

/** The InferenceService with what the revision before has otherwise. */
function withServer(workload: KubeObject, is: Server, was: Server): KubeObject {
  const bare = withoutShare(workload)
  const predictor = members(at(bare, 'spec', 'predictor'))
  const { model, containers } = predictor
  const [server, ...others] = entries(containers)
  const changed = isMap(model)
    ? { model: changedServer(model, is, was) }
    : { containers: [changedServer(server ?? {}, is, was), ...others] }
  return { ...bare, spec: { ...members(bare['spec']), predictor: { ...predictor, ...changed } } }
}

function changedServer(server: JsonMap, is: Server, was: Server): JsonMap {
  const differing = FIELDS.filter(field => !equalValues(is[field], was[field]))
  const isFetched = !equalValues(is.uri, was.uri) && server['storageUri'] !== undefined
  const env = changedEnv(entries(server['env']), is, was)
  return defined({
    ...server,
    ...Object.fromEntries(differing.map(field => [field, was[field]])),
    ...(isFetched && { storageUri: was.uri }),
    env: env.length === 0 ? undefined : env,
  })
}

/** Variable by variable: KServe and Knative write some of a pod's. */
function changedEnv(env: readonly JsonMap[], is: Server, was: Server): JsonMap[] {
  const names = [...new Set([...is.env.keys(), ...was.env.keys()])]
  const differing = names.filter(name => !equalValues(is.env.get(name), was.env.get(name)))
  const kept = env.map(variable => {
    const name = String(variable['name'])
    if (name === 'STORAGE_URI' && !equalValues(is.uri, was.uri)) return { name, value: was.uri }
    return differing.includes(name) ? was.env.get(name) : variable
  })
  const added = differing.filter(name => !env.some(variable => variable['name'] === name))
  return [...kept, ...added.map(name => was.env.get(name))].filter(each => each !== undefined)
}
