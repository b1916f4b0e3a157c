import { HTTP_ROUTE } from '../../src/kinds/index.ts'
import { CERTIFICATE_ANNOTATION } from '../../src/object/index.ts'
import type { EffectiveRoute, Endpoint } from '../../src/spec/index.ts'
import type { Blueprint } from '../blueprint.ts'
import { metadataOf } from '../labels.ts'
import { namesOf } from '../names.ts'
import { backendsOf, matchedOf } from './backends.ts'

/** Undefined when none is asked for. What the API server would fill in is written out: its lists are owned whole. */
export function httpRoute(blueprint: Blueprint) {
  const { endpoint } = blueprint
  const { route } = endpoint.spec
  if (!route) return undefined
  const { host, path = '/', timeout } = route
  const timeouts = timeout === undefined ? undefined : { request: durationText(timeout) }
  const match = { path: { type: 'PathPrefix', value: path } }
  const matched = matchedOf(endpoint)
  return {
    apiVersion: HTTP_ROUTE.apiVersion,
    kind: HTTP_ROUTE.kind,
    metadata: metadataOf(blueprint, namesOf(endpoint).route, annotationsOf(route)),
    spec: {
      parentRefs: [parentOf(endpoint, route)],
      hostnames: [host],
      rules: [
        { matches: [match], backendRefs: backendsOf(endpoint), timeouts },
        // A gateway prefers what matches more headers, wherever it stands.
        ...(matched === undefined
          ? []
          : [
              {
                matches: [{ ...match, headers: matched.headers }],
                backendRefs: matched.backendRefs,
                timeouts,
              },
            ]),
      ],
    },
  }
}

function annotationsOf({ tls, annotations }: EffectiveRoute): Record<string, string> {
  return { ...(tls === undefined ? {} : { [CERTIFICATE_ANNOTATION]: tls }), ...annotations }
}

function parentOf({ namespace }: Endpoint, { gateway }: EffectiveRoute) {
  return {
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    namespace: gateway.namespace ?? namespace,
    name: gateway.name,
    sectionName: gateway.section,
  }
}

/** As GEP-2257 has it (https://gateway-api.sigs.k8s.io/geps/gep-2257/): at most five digits for each unit. */
function durationText(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [seconds % 60, 's'],
  ] as const
  const text = parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count}${unit}`])).join('')
  return text === '' ? '0s' : text
}
