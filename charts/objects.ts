import type { ApiObjectProps } from 'cdk8s'
import { isEmpty } from '../src/object/index.ts'
import { autoscaler } from './autoscaler.ts'
import type { Blueprint } from './blueprint.ts'
import { candidateObjects } from './canary/candidate.ts'
import { deployment } from './deployment.ts'
import { disruptionBudget } from './disruption-budget.ts'
import { externalService } from './external.ts'
import { httpRoute } from './outside/http-route.ts'
import { inferenceService } from './inference-service.ts'
import { ingress } from './outside/ingress.ts'
import { scaledObject } from './scaling/scaled-object.ts'
import { serviceAccount } from './service-account.ts'
import { serviceMonitor } from './metrics.ts'
import { networkPolicy } from './network-policy.ts'
import { withoutNulls } from './plain.ts'
import { service } from './service.ts'

/** Everything that an endpoint becomes; picks the runtime and decides nothing else. */
export function objectsOf(blueprint: Blueprint): ApiObjectProps[] {
  const objects = [...runtimeObjects(blueprint), ingress(blueprint), httpRoute(blueprint)]
  return objects.filter(object => object !== undefined)
}

/**
 * The same as the plain JSON that cdk8s makes of constructs, without making a tree of them: that was half of what rendering an endpoint took, and
 * loading cdk8s a tenth of each start. A test keeps that both give the same bytes.
 */
export function manifestsOf(blueprint: Blueprint): Record<string, unknown>[] {
  return objectsOf(blueprint).map(({ apiVersion, kind, metadata = {}, ...rest }) => ({
    apiVersion,
    kind,
    metadata: withoutEmpty(withoutNulls(metadata)),
    ...withoutNulls(rest),
  }))
}

function withoutEmpty(metadata: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => !isEmpty(value)))
}

function runtimeObjects(blueprint: Blueprint): (ApiObjectProps | undefined)[] {
  const { runtime } = blueprint.endpoint.spec
  if (runtime === 'external') return [externalService(blueprint)]
  const workload = runtime === 'kserve' ? inferenceService(blueprint) : deployment(blueprint)
  return [
    serviceAccount(blueprint),
    workload,
    service(blueprint),
    autoscaler(blueprint),
    scaledObject(blueprint),
    disruptionBudget(blueprint),
    networkPolicy(blueprint),
    serviceMonitor(blueprint),
    ...candidateObjects(blueprint),
  ]
}
