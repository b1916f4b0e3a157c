import {
  applyPlan,
  type ApplyEvent,
  type ApplyOptions,
  type ApplyOutcome,
} from '../../src/apply/index.ts'
import type { Cluster } from '../../src/cluster/index.ts'
import {
  APPLYSET,
  ENDPOINT_LABEL,
  setId,
  setParent,
  type KubeObject,
} from '../../src/object/index.ts'
import { planSet, type Plan, type PlanRequest } from '../../src/plan/index.ts'
import type { Provenance } from '../../src/project/index.ts'
import type { RenderedObject } from '../../src/render/index.ts'
import type { Endpoint } from '../../src/spec/index.ts'
import { anEndpoint, aSet } from './endpoint.ts'
import { serverDeployment } from './server-deployment.ts'

/** Plan and apply of sets of a test's own making: objects are what the test says, labels are slipway's. */

/** Files that no repository has. */
export const OUTSIDE_GIT: Provenance = {
  info: { actor: 'test', dirty: false },
  differences: [],
}

/** Objects by the endpoint that they belong to. */
export type Objects = Record<string, KubeObject[]>

export function requestFor(namespace: string, objects: Objects): Omit<PlanRequest, 'cluster'> {
  const id = setId(setParent('models', 'test', namespace))
  const endpoints = Object.keys(objects).map(name => anEndpoint({}, { name, namespace }))
  return {
    set: aSet(endpoints, { namespace }),
    provenance: OUTSIDE_GIT,
    objects: endpoints.flatMap(endpoint =>
      (objects[endpoint.name] ?? []).map(object => member(object, { id, endpoint, namespace })),
    ),
  }
}

interface Membership {
  id: string
  endpoint: Endpoint
  namespace: string
}

function member(object: KubeObject, { id, endpoint, namespace }: Membership): RenderedObject {
  const own = { [APPLYSET.partOf]: id, [ENDPOINT_LABEL]: endpoint.name }
  const labels = { ...object.metadata.labels, ...own }
  return { endpoint, object: { ...object, metadata: { ...object.metadata, namespace, labels } } }
}

export interface Applied {
  plan: Plan
  outcome: ApplyOutcome
  events: ApplyEvent[]
}

export interface ApplyJob {
  request: Omit<PlanRequest, 'cluster' | 'provenance'>
  cluster: Cluster
  options?: Partial<ApplyOptions>
  commit?: string
  onEvent?: (event: ApplyEvent) => void
}

/** Plans and applies, as a command would that nobody watches. */
export async function applyObjects(job: ApplyJob): Promise<Applied> {
  const { request, cluster, options = {}, commit, onEvent } = job
  const info = { ...OUTSIDE_GIT.info, ...(commit === undefined ? {} : { commit }) }
  const replan = () =>
    planSet({
      ...request,
      cluster,
      provenance: { info, differences: [] },
      options: { allowOlder: true, allowNoCommit: true, ...request.options },
    })
  const plan = await replan()
  const events: ApplyEvent[] = []
  const outcome = await applyPlan({
    plan,
    replan,
    cluster,
    options,
    onEvent: event => {
      events.push(event)
      onEvent?.(event)
    },
    signal: new AbortController().signal,
  })
  return { plan, outcome, events }
}

/** A ConfigMap; one that is `immutable` can only be replaced. */
export function settings(
  name: string,
  value: string,
  more: Record<string, unknown> = {},
): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { value }, ...more }
}

/** A Deployment; another `selector` can only replace it. */
export function server(name: string, image: string, selector = name): KubeObject {
  const labels = { [ENDPOINT_LABEL]: name }
  const pod = { terminationGracePeriodSeconds: 1 }
  return serverDeployment({ name, image, selector: { app: selector }, labels, pod })
}

/** What counts of everything in a namespace: content and who holds which field, without what each run makes anew. */
export async function endState(
  cluster: Cluster,
  namespace: string,
  more: readonly Pick<KubeObject, 'apiVersion' | 'kind'>[] = [],
): Promise<unknown[]> {
  const kinds = [
    ...more,
    { apiVersion: 'apps/v1', kind: 'Deployment' },
    { apiVersion: 'v1', kind: 'ConfigMap' },
    { apiVersion: 'v1', kind: 'Service' },
  ]
  const lists = await Promise.all(kinds.map(kind => cluster.list({ ...kind, namespace })))
  return lists
    .flatMap(({ items }, index) => items.map(item => lasting({ ...kinds[index]!, ...item })))
    .filter(item => item.name !== 'kube-root-ca.crt')
    .map(item => sameEverywhere(item, namespace))
}

/** Without what differs from one namespace to the next: its name, the set's id, addresses. */
function sameEverywhere(item: object, namespace: string): unknown {
  const text = JSON.stringify(item, (key, value: unknown) =>
    key.startsWith('clusterIP') ? undefined : value,
  )
  const id = setId(setParent('models', 'test', namespace))
  return JSON.parse(text.replaceAll(id, 'SET').replaceAll(namespace, 'NAMESPACE'))
}

function lasting({ kind, metadata, ...rest }: KubeObject) {
  const { name, labels, annotations, deletionTimestamp, managedFields = [] } = metadata
  const { [REVISION]: _revision, ...lastingAnnotations } = annotations ?? {}
  const isParent = annotations?.[APPLYSET.tooling] !== undefined
  return {
    kind,
    name,
    // Ids of sets are hashes of the namespace's name.
    labels: Object.keys(labels ?? {}),
    annotations: lastingAnnotations,
    deletionTimestamp,
    // In no order of their own: that of their times, in seconds.
    managers: managedFields
      .flatMap(({ manager, operation, subresource }) =>
        subresource === undefined ? `${manager} ${operation}` : [],
      )
      .toSorted(),
    ...(isParent ? {} : { spec: rest['spec'], data: rest['data'] }),
  }
}

const REVISION = 'deployment.kubernetes.io/revision'
