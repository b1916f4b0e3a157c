import {
  at,
  entries,
  equalValues,
  FIELD_MANAGER,
  number,
  RECOMMENDED,
  text,
  defined,
  type JsonMap,
  type KubeObject,
} from '../object/index.ts'
import { isKserve, isOf, KSERVE, podSpecOf, SERVICE, SERVICE_ACCOUNT } from '../kinds/index.ts'
import { BUILT_IN, SERVING_TARGETS } from '../spec/index.ts'
import { sourcesOf, variablesOf } from './environment.ts'
import { isRestricted, schedulingOf, shutdownOf } from './pod.ts'
import { otherContainersOf } from './pod-parts/other-containers.ts'
import { namedPortsOf } from './pod-parts/ports.ts'
import { withoutDefaults } from './pod-parts/without-defaults.ts'
import { healthOf } from './probes.ts'
import type { LiveEndpoint } from './live.ts'
import { canaryOf } from './canary/fields.ts'
import { endpointNameOf, slotOf } from './canary/slots.ts'
import { chooseServer } from './server.ts'
import { portOf } from './port.ts'
import { ownAnnotations, relatedFields } from './around/related.ts'
import { needsOf } from './resources.ts'
import { fetcherOf } from './storage/fetcher.ts'
import { storageOf, type Storage } from './storage/storage.ts'
import { routeFields } from './traffic/route.ts'
import { servicesOf } from './around/services.ts'
import { some } from './read.ts'

/** For finding a node and pulling the image: part of a progress deadline that slipway makes. */
const SCHEDULING_SECONDS = 300

/** The spec as it would be written, of the container that serves; what has no form in it is left out. */
export function specOf(found: LiveEndpoint, container: JsonMap): JsonMap {
  const serving = servingSpecOf(found, container)
  const { candidate } = found
  const slot = slotOf(found)
  if (candidate === undefined) return defined({ ...serving, slot })
  const { workload, service } = candidate
  const server = chooseServer({ workload, services: [service] }).container
  const its = servingSpecOf({ workload, related: [service] }, server)
  return defined({ ...serving, slot, canary: canaryOf(candidate, { serving, its }) })
}

function servingSpecOf(
  { workload, related, others = [] }: LiveEndpoint,
  container: JsonMap,
): JsonMap {
  const onKserve = isKserve(workload)
  const pod = podSpecOf(workload)
  const needs = needsOf(container, at(pod, 'affinity'))
  const serves = targetOf(workload)
  const restricted = isRestricted(pod)
  const port = portOf(container, servicesOf(workload, [...others, ...related]), usualPort(workload))
  const isOurs = isSlipways(workload)
  const { env, own } = variablesOf(container, { port, home: restricted, isOurs, onKserve })
  const storage = storageOf(pod, container, { ...needs, isOurs })
  const deadline = onKserve ? undefined : loadBudget(workload, pod)
  const health = healthOf(container, { port, deadline })
  const { probes, loadTime } = health
  return defined({
    runtime: onKserve ? 'kserve' : undefined,
    serves: serves === BUILT_IN.serves ? undefined : serves,
    model: modelOf(pod, { own, storage, isOurs }),
    adapters: storage.adapters,
    image: at(container, 'image'),
    imagePullPolicy: unlessUsual(at(container, 'imagePullPolicy'), BUILT_IN.imagePullPolicy),
    imagePullSecrets: namesIn(at(pod, 'imagePullSecrets')),
    containerName: onKserve ? undefined : unlessUsual(at(container, 'name'), 'server'),
    command: at(container, 'command'),
    args: at(container, 'args'),
    env: some(env),
    envFrom: sourcesOf(container),
    port: unlessUsual(port, BUILT_IN.port),
    ports: namedPortsOf(container, {
      main: port,
      service: related.find(object => isOf(object, SERVICE)),
    }),
    ...othersOf({ pod, server: container['name'], isOurs }),
    resources: needs.resources,
    loadTime,
    probes,
    shutdown: usualShutdown(shutdownOf(pod, container, graceOf(serves)), serves),
    rollout: rolloutOf(at(workload, 'spec', onKserve ? 'predictor' : 'strategy'), onKserve),
    scheduling: schedulingOf(pod, needs),
    serviceAccount: accountOf(workload, pod, related),
    podSecurity: restricted ? undefined : false,
    volumes: storage.volumes,
    sharedMemory: storage.sharedMemory,
    hostNetwork: at(pod, 'hostNetwork') === true ? true : undefined,
    hostIPC: at(pod, 'hostIPC') === true ? true : undefined,
    ...relatedFields(workload, related),
    ...routeFields(workload, related),
  })
}

/** Without what the API server fills in. */
function othersOf(beside: Parameters<typeof otherContainersOf>[0]): JsonMap {
  const others = Object.entries(otherContainersOf(beside))
  return Object.fromEntries(others.map(([field, list]) => [field, withoutDefaults(list)]))
}

/** Where a container names no port: KServe's own. */
export function usualPort(workload: KubeObject): number {
  return isKserve(workload) ? KSERVE.port : BUILT_IN.port
}

/** The component is a serving target where the other recommended labels are slipway's, too: those that were there before are kept. */
function targetOf(workload: KubeObject): string {
  const { labels = {} } = workload.metadata
  const [name, instance] = [labels[RECOMMENDED.name], labels[RECOMMENDED.instance]]
  const endpoint = endpointNameOf(workload)
  const isOurs = isSlipways(workload) && name === endpoint && instance === endpoint
  return (isOurs ? labels[RECOMMENDED.component] : undefined) ?? BUILT_IN.serves
}

export function isSlipways({ metadata: { labels = {} } }: KubeObject): boolean {
  return labels[RECOMMENDED.managedBy] === FIELD_MANAGER
}

function graceOf(serves: string): number {
  return SERVING_TARGETS[serves]?.shutdown?.gracePeriod ?? BUILT_IN.shutdown.gracePeriod
}

function usualShutdown(shutdown: JsonMap | undefined, serves: string): JsonMap | undefined {
  const usual = SERVING_TARGETS[serves]?.shutdown?.preStop ?? BUILT_IN.shutdown.preStop
  const sleep = usual !== false && 'sleep' in usual ? `${usual.sleep}s` : undefined
  const isUsual = equalValues(shutdown?.['preStop'], { sleep })
  return some({ ...shutdown, preStop: isUsual ? undefined : shutdown?.['preStop'] })
}

/** What a progress deadline leaves for loading. */
function loadBudget(workload: KubeObject, pod: unknown): number | undefined {
  const deadline = number(at(workload, 'spec', 'progressDeadlineSeconds')) ?? 600
  // What the API server fills in says nothing of loading.
  if (deadline === 600 && !isSlipways(workload)) return undefined
  const grace = number(at(pod, 'terminationGracePeriodSeconds')) ?? 30
  return deadline - grace - SCHEDULING_SECONDS
}

interface Ours {
  /** Variables that slipway set. */
  own: Record<string, string>
  storage: Storage
  /** Slipway made the workload: elsewhere a container may have any name. */
  isOurs: boolean
}

function modelOf(
  pod: unknown,
  { own, storage: { modelUri: pvc, weights }, isOurs }: Ours,
): JsonMap | undefined {
  const fetcher = isOurs ? fetcherOf(pod) : undefined
  const fetch = fetcher === undefined ? undefined : { image: fetcher['image'] }
  const uri = own['MODEL_URI'] ?? own['STORAGE_URI'] ?? pvc
  return some({
    ref: own['MODEL_REF'],
    family: own['MODEL_FAMILY'],
    jobType: own['MODEL_JOB_TYPE'],
    uri,
    fetch: own['STORAGE_URI'] === undefined ? fetch : 'kserve',
    ...weights,
  })
}

function rolloutOf(where: unknown, onKserve: boolean): JsonMap | undefined {
  const strategy = onKserve ? at(where, 'deploymentStrategy') : where
  if (at(strategy, 'type') === 'Recreate') return { strategy: 'Recreate' }
  const maxSurge = at(strategy, 'rollingUpdate', 'maxSurge')
  const maxUnavailable = at(strategy, 'rollingUpdate', 'maxUnavailable')
  if (strategy === undefined || (maxSurge === 1 && maxUnavailable === 0)) return undefined
  return some({ maxSurge, maxUnavailable })
}

export function accountOf(
  workload: KubeObject,
  pod: unknown,
  related: readonly KubeObject[],
): unknown {
  const name = text(at(pod, 'serviceAccountName'))
  if (name === undefined || name === 'default') return undefined
  const created = related.find(({ kind, metadata }) => {
    const isOurs = metadata.labels?.[RECOMMENDED.managedBy] === FIELD_MANAGER
    return kind === SERVICE_ACCOUNT.kind && metadata.name === name && isOurs
  })
  if (created === undefined) return name
  const annotations = ownAnnotations(workload.metadata, created)
  return defined({ name, create: true, annotations })
}

export function namesIn(value: unknown): string[] | undefined {
  const names = entries(value).flatMap(({ name }) => (typeof name === 'string' ? [name] : []))
  return names.length === 0 ? undefined : names
}

function unlessUsual(value: unknown, usual: unknown): unknown {
  return value === usual ? undefined : value
}
