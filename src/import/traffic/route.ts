import { HTTP_ROUTE, isOf } from '../../kinds/index.ts'
import {
  CERTIFICATE_ANNOTATION,
  at,
  text,
  defined,
  type JsonMap,
  type KubeObject,
} from '../../object/index.ts'
import { some } from '../read.ts'
import { nameOf, ownAnnotations } from '../around/related.ts'

/** What its HTTPRoute says. */
export function routeFields(workload: KubeObject, related: readonly KubeObject[]): JsonMap {
  const route = related.find(object => isOf(object, HTTP_ROUTE))
  return defined({ route: routeOf(workload, route) })
}

/** Of its first gateway, host and rule; what else it says, patches keep. */
function routeOf(workload: KubeObject, route: KubeObject | undefined): JsonMap | undefined {
  const host = at(route, 'spec', 'hostnames', 0)
  const parent = at(route, 'spec', 'parentRefs', 0)
  const isOfGateway = (text(at(parent, 'kind')) ?? 'Gateway') === 'Gateway'
  if (route === undefined || host === undefined || !isOfGateway) return undefined
  const rule = at(route, 'spec', 'rules', 0)
  const path = at(rule, 'matches', 0, 'path', 'value')
  const { [CERTIFICATE_ANNOTATION]: tls, ...annotations } =
    ownAnnotations(workload.metadata, route) ?? {}
  return some({
    ...nameOf(workload, route),
    host,
    path: path === '/' ? undefined : path,
    tls,
    gateway: some({
      namespace: at(parent, 'namespace'),
      name: at(parent, 'name'),
      section: at(parent, 'sectionName'),
    }),
    timeout: durationOf(text(at(rule, 'timeouts', 'request'))),
    annotations: some(annotations),
  })
}

/** GEP-2257 takes the units in any order; a spec has whole seconds. */
function durationOf(duration: string | undefined): string | undefined {
  const parts = [...(duration ?? '').matchAll(/(\d+)(h|ms|m|s)/g)]
  const seconds = parts.map(([, count, unit = '']) => Number(count) * (SECONDS[unit] ?? 0))
  const total = Math.ceil(seconds.reduce((sum, part) => sum + part, 0))
  return parts.length === 0 ? undefined : `${total}s`
}

const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 }
