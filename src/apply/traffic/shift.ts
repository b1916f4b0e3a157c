import { ENDPOINT_SLICE, isOf, isRuntime, SERVICE } from '../../kinds/index.ts'
import {
  at,
  entries,
  formatRef,
  isTracked,
  keyOf,
  refOf,
  type KubeObject,
} from '../../object/index.ts'
import type { Action, PlannedEndpoint } from '../../plan/index.ts'
import type { EventBody, Run } from '../run.ts'
import { smokeNewPods } from '../smoke/smoke.ts'
import { waitReady } from '../watch/wait-ready.ts'
import { inWaves } from '../write/waves.ts'
import { write } from '../write/write.ts'
import { ifAllowed } from '../../cluster/index.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { failure } from '../../problem/index.ts'

/** Requests are led to pods that are ready, also where nobody else waits. */
export function waitingWhereHeld(run: Run, { actions }: PlannedEndpoint): Run {
  if (!actions.some(({ held }) => held)) return run
  return { ...run, options: { ...run.options, wait: true } }
}

/** Writes what leads requests to pods, once all of the endpoint's pods are ready, and the new ones have answered by name and are found. */
export async function shiftTraffic(
  run: Run,
  endpoint: PlannedEndpoint,
  held: readonly Action[],
): Promise<void> {
  await waitReady({ ...run, emit: withoutReady(run) }, withoutHeld(endpoint, held))
  await smokeNewPods(run, endpoint.name)
  await awaitEndpoints(run, endpoint)
  await inWaves(run, held, write)
}

function withoutHeld(endpoint: PlannedEndpoint, held: readonly Action[]): PlannedEndpoint {
  const keys = new Set(held.map(({ ref }) => keyOf(ref)))
  return {
    ...endpoint,
    actions: endpoint.actions.filter(
      action => !held.includes(action) || action.interim !== undefined,
    ),
    // What makes pods itself is what is waited for.
    objects: endpoint.objects.filter(
      object => isRuntime(object) || !keys.has(keyOf(refOf(object))),
    ),
  }
}

/** The endpoint is ready when its requests are led as they should be. */
function withoutReady({ emit }: Run): Run['emit'] {
  return (event: EventBody) => {
    if (event.type !== 'ready') emit(event)
  }
}

const LONGEST_SECONDS = 30
const PAUSE_SECONDS = 0.25

/**
 * Waits until the candidate's Service leads to a pod: its EndpointSlices are written by a controller, a moment after the pods are
 * ready, and a gateway that is told of the Service before that answers 503. Where they may not be listed, nothing is waited for.
 * Throws SlipwayError after half a minute.
 */
async function awaitEndpoints(
  run: Run,
  { name, objects }: Pick<PlannedEndpoint, 'name' | 'objects'>,
): Promise<void> {
  const deadline = performance.now() + LONGEST_SECONDS * 1000
  for (const service of objects.filter(object => isOf(object, SERVICE) && isTracked(object))) {
    while (!(await leadsToPods(run, service))) {
      if (performance.now() > deadline) throw leadsNowhere(service, name)
      await sleep(PAUSE_SECONDS * 1000, undefined, { signal: run.signal })
    }
  }
}

async function leadsToPods({ cluster }: Run, { metadata }: KubeObject): Promise<boolean> {
  const { name, namespace = '' } = metadata
  const labelSelector = `kubernetes.io/service-name=${name}`
  const slices = await ifAllowed(cluster.list({ ...ENDPOINT_SLICE, namespace, labelSelector }))
  return slices?.items.some(slice => entries(slice['endpoints']).some(isServing)) ?? true
}

/** Unknown counts as ready (https://kubernetes.io/docs/reference/kubernetes-api/service-resources/endpoint-slice-v1/). */
const isServing = (endpoint: object) => at(endpoint, 'conditions', 'ready') !== false

function leadsNowhere(service: KubeObject, endpoint: string) {
  const object = formatRef(refOf(service))
  return failure(
    'not-ready',
    `${service.metadata.name} leads to no pod after ${LONGEST_SECONDS} s, although the candidate is ready: no request goes to it`,
    {
      object,
      endpoint,
      remedy:
        'See whether its EndpointSlices are written (kubectl get endpointslices), which kube-controller-manager does, then apply again.',
    },
  )
}
