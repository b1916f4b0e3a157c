import { listIfAllowed } from '../../cluster/index.ts'
import { KSERVE, kindOf, SCALED_OBJECT } from '../../kinds/index.ts'
import { at, text, type KubeObject } from '../../object/index.ts'
import type { RenderedObject } from '../../render/index.ts'
import type { Endpoint } from '../../spec/index.ts'
import { formatSeconds } from '../../words/index.ts'
import { about, type Check, type Finding, type Patient } from '../finding.ts'

/** What scales by queues, and what becomes of requests that come while there are no pods. */
export const keda: Check = async ({ cluster, objects }) => {
  const queued = objects.filter(({ object }) => isScaledByKeda(object))
  if (queued.length === 0) return about('KEDA').notNeeded('no endpoint scales by a queue')
  const isServed = (await cluster.kind(SCALED_OBJECT)) !== undefined
  return [judgeKeda(isServed), ...(await atZero(cluster, queued))]
}

function isScaledByKeda(object: KubeObject): boolean {
  return (
    kindOf(object).kind === SCALED_OBJECT.kind ||
    object.metadata.annotations?.[KSERVE.autoscalerClass] === 'keda'
  )
}

function judgeKeda(isServed: boolean): Finding {
  if (isServed) return about('KEDA').ok('ScaledObject is served')
  return about('KEDA').missing(
    'ScaledObject is not served, and endpoints scale by queues',
    'Install KEDA (https://keda.sh), or take scaling.queue out of the specs.',
  )
}

/** KEDA's HTTP add-on: an interceptor takes the requests and holds them. */
const HOLDER = { apiVersion: 'http.keda.sh/v1alpha1', kind: 'HTTPScaledObject' }

async function atZero(
  cluster: Patient['cluster'],
  queued: readonly RenderedObject[],
): Promise<Finding[]> {
  const idle = queued.filter(({ endpoint }) => endpoint.spec.scaling?.min === 0)
  if (idle.length === 0) return []
  const namespaces = [...new Set(idle.map(({ endpoint }) => endpoint.namespace))]
  const lists = await Promise.all(
    namespaces.map(namespace => listIfAllowed(cluster, { ...HOLDER, namespace })),
  )
  const holders = lists.flatMap(list => list ?? [])
  const isSeen = lists.every(list => list !== undefined)
  return idle.map(({ endpoint }) => judgeAtZero(endpoint, { holders, isSeen }))
}

export function judgeAtZero(
  { name, namespace, spec }: Pick<Endpoint, 'name' | 'namespace' | 'spec'>,
  { holders, isSeen }: { holders: readonly KubeObject[]; isSeen: boolean },
): Finding {
  const say = about(`${namespace}/${name} at zero`)
  const holder = holders.find(
    object =>
      object.metadata.namespace === namespace &&
      text(at(object, 'spec', 'scaleTargetRef', 'service')) === `${name}-svc`,
  )
  if (holder !== undefined)
    return say.ok(`HTTPScaledObject ${holder.metadata.name} holds requests until a pod is ready`)
  if (!isSeen) return say.unseen('no permission to list HTTPScaledObjects')
  return say.warning(
    `nothing holds requests to ${name}-svc while it has no pods; one is ready after up to ${formatSeconds(spec.loadTime)}`,
    'Send requests through a queue or a gateway that waits, or set scaling.min to 1: callers get an error until then.',
  )
}
