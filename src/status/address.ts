import { SERVICE, isOf, kindOf } from '../kinds/index.ts'
import { isTracked, createdAt, type KubeObject } from '../object/index.ts'
import { balancerAddress, clusterAddress } from './kinds/service.ts'
import type { InferenceService, Service } from './shapes.ts'

/** Where clients reach an endpoint: by its HTTPRoute or its Ingress, else by its Service, else as KServe says. */
export function addressOf(
  objects: readonly KubeObject[],
  workload: InferenceService | undefined,
): string | undefined {
  const service = objects.find(object => isOf(object, SERVICE) && !isTracked(object))
  return fromOutside(objects) ?? (service && serviceAddress(service)) ?? workload?.status?.url
}

/** While an endpoint moves from one to the other, it has both. */
function fromOutside(objects: readonly KubeObject[]): string | undefined {
  const routes = objects.filter(object => kindOf(object).route !== undefined)
  const newest = routes.toSorted((a, b) => createdAt(b) - createdAt(a))
  return newest.map(object => kindOf(object).route?.address(object)).find(Boolean)
}

function serviceAddress(service: Service): string {
  const { spec = {}, status } = service
  const host = spec.externalName ?? balancerAddress(status?.loadBalancer) ?? clusterAddress(service)
  const port = spec.ports?.[0]?.port ?? 80
  if (port === 443) return `https://${host}`
  return port === 80 ? `http://${host}` : `http://${host}:${port}`
}
