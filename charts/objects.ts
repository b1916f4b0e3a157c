import type { ApiObjectProps } from 'cdk8s'
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
import { service } from './service.ts'

/** Everything that an endpoint becomes; picks the runtime and decides nothing else. */
export function objectsOf(blueprint: Blueprint): ApiObjectProps[] {
  const objects = [...runtimeObjects(blueprint), ingress(blueprint), httpRoute(blueprint)]
  return objects.filter(object => object !== undefined)
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
