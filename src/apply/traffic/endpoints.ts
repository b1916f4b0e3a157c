import { ifAllowed } from '../../cluster/index.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { ENDPOINT_SLICE, isOf, SERVICE } from '../../kinds/index.ts'
import { at, entries, formatRef, isTracked, refOf, type KubeObject } from '../../object/index.ts'
import type { PlannedEndpoint } from '../../plan/index.ts'
import { failure } from '../../problem/index.ts'
import type { Run } from '../run.ts'

const LONGEST_SECONDS = 30
const PAUSE_SECONDS = 0.25

/**
 * Waits until the candidate's Service leads to a pod: its EndpointSlices are written by a controller, a moment after the pods are
 * ready, and a gateway that is told of the Service before that answers 503. Where they may not be listed, nothing is waited for.
 * Throws SlipwayError after half a minute.
 */
export async function awaitEndpoints(
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
