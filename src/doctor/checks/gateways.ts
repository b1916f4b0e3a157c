import type { Cluster } from '../../cluster/index.ts'
import { HTTP_ROUTE, isOf } from '../../kinds/index.ts'
import { at, entries, text, type KubeObject, type ObjectRef } from '../../object/index.ts'
import { about, looked, type Check, type Finding, type Saying } from '../finding.ts'
import { refusal } from './listeners.ts'

/** The Gateways that routes name: there, programmed, with a listener that takes them. */
export const gateways: Check = async ({ cluster, objects }) => {
  const routes = objects.map(({ object }) => object).filter(object => isOf(object, HTTP_ROUTE))
  if (routes.length === 0) return about('gateways').notNeeded('no endpoint has a route')
  if ((await cluster.kind(HTTP_ROUTE)) === undefined)
    return about('Gateway API').missing(
      `the cluster does not serve HTTPRoute in ${HTTP_ROUTE.apiVersion}`,
      'Install a gateway controller with the definitions of the Gateway API.',
    )
  const byGateway = Map.groupBy(routes, route => JSON.stringify(gatewayRef(route)))
  const found = await Promise.all([...byGateway.values()].map(group => look(cluster, group)))
  return found.flat()
}

/** Charts write one parent. */
function gatewayRef(route: KubeObject): ObjectRef {
  const parent = at(route, 'spec', 'parentRefs', 0)
  return {
    apiVersion: HTTP_ROUTE.apiVersion,
    kind: 'Gateway',
    namespace: text(at(parent, 'namespace')) ?? route.metadata.namespace ?? '',
    name: text(at(parent, 'name')) ?? '',
  }
}

/** All routes of one gateway. */
async function look(cluster: Cluster, routes: readonly KubeObject[]): Promise<Finding[]> {
  const [first] = routes
  if (first === undefined) return []
  const ref = gatewayRef(first)
  const check = `gateway ${ref.namespace ?? ''}/${ref.name}`
  const say = about(check)
  const seen = await looked(cluster, ref)
  if (seen === undefined) return [say.unseen('no permission to get Gateways there')]
  const { object: gateway } = seen
  if (gateway === undefined)
    return [say.missing('does not exist', 'Correct route.gateway, or have the Gateway created.')]
  const refused = await Promise.all(
    routes.map(async route => {
      const labels = await labelsOf(cluster, route.metadata.namespace ?? '')
      const clause = refusal({ gateway, route, labels })
      return clause === undefined
        ? []
        : about(`${check} for ${route.metadata.name}`).missing(
            clause,
            'Correct route, or have a listener of the Gateway changed by whoever owns it.',
          )
    }),
  )
  return refused.flat().length > 0 ? refused.flat() : [programmed(gateway, say)]
}

/** A namespace that is yet to be made has the one label that every namespace has. */
async function labelsOf(cluster: Cluster, name: string) {
  const own = { 'kubernetes.io/metadata.name': name }
  const found = await looked(cluster, { apiVersion: 'v1', kind: 'Namespace', name })
  return found && { ...own, ...found.object?.metadata.labels }
}

function programmed(gateway: KubeObject, say: Saying): Finding {
  const conditions = entries(at(gateway, 'status', 'conditions'))
  const condition = conditions.find(({ type }) => type === 'Programmed')
  if (condition?.['status'] === 'True') return say.ok('takes the routes')
  const why = [text(condition?.['reason']), text(condition?.['message'])].filter(Boolean).join(': ')
  return say.warning(
    `is not programmed${why === '' ? ': no controller has reported it' : `: ${why}`}`,
    'See whether the controller of its GatewayClass runs.',
  )
}
