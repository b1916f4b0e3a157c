import { at, entries, equalValues, number, text, type JsonMap } from '../object/index.ts'
import { POD_FIELDS } from '../spec/index.ts'
import { ownAffinity, type Needs } from './resources.ts'
import { seconds, some } from './read.ts'

const SPREAD: Record<string, string> = {
  'topology.kubernetes.io/zone': 'zone',
  'kubernetes.io/hostname': 'node',
}

export function schedulingOf(pod: unknown, { gpus, gpuResource }: Needs): JsonMap | undefined {
  const key = gpuResource.startsWith('nvidia.com/') ? 'nvidia.com/gpu' : gpuResource
  const ours = { key, operator: 'Exists', effect: 'NoSchedule' }
  const tolerations = entries(at(pod, 'tolerations')).filter(
    item => gpus === 0 || !equalValues(item, ours),
  )
  const constraint = at(pod, 'topologySpreadConstraints', 0, 'topologyKey')
  return some({
    ...asTheyAre(pod),
    tolerations: tolerations.length === 0 ? undefined : tolerations,
    affinity: ownAffinity(at(pod, 'affinity'), gpuResource),
    spread: SPREAD[text(constraint) ?? ''],
  })
}

/** What the API server fills in is nobody's wish. */
function asTheyAre(pod: unknown): JsonMap {
  const fields = Object.entries(POD_FIELDS).map(([name, field]) => [field, at(pod, name)])
  const said = fields.filter(([, value]) => value !== DEFAULT_SCHEDULER)
  return Object.fromEntries(said) as JsonMap
}

const DEFAULT_SCHEDULER = 'default-scheduler'

/** Slipway's own security contexts, or none. */
export function isRestricted(pod: unknown): boolean {
  return (
    at(pod, 'securityContext', 'runAsNonRoot') === true &&
    number(at(pod, 'securityContext', 'runAsUser')) === 1000
  )
}

/** Between the end of preStop and SIGKILL, as the spec asks for it. */
const LEAST_GRACE = 5

export function shutdownOf(pod: unknown, container: unknown, usual: number): JsonMap | undefined {
  const grace = number(at(pod, 'terminationGracePeriodSeconds')) ?? 30
  // Too short for the spec: patches say it.
  const sleep = number(at(container, 'lifecycle', 'preStop', 'sleep', 'seconds')) ?? 0
  if (grace < sleep + LEAST_GRACE) return undefined
  return some({
    gracePeriod: grace === usual ? undefined : seconds(grace),
    preStop: preStopOf(at(container, 'lifecycle', 'preStop')),
  })
}

function preStopOf(hook: unknown): unknown {
  const sleep = number(at(hook, 'sleep', 'seconds'))
  const command = at(hook, 'exec', 'command')
  const path = at(hook, 'httpGet', 'path')
  if (sleep !== undefined) return { sleep: seconds(sleep) }
  if (command !== undefined) return { exec: command }
  return path === undefined ? false : { http: path }
}
