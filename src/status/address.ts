import type { KubeObject } from '../object/index.ts'
import { balancerAddress, clusterAddress } from './kinds/service.ts'
import type { InferenceService, Ingress, Service } from './shapes.ts'

/** Where clients reach an endpoint: by its Ingress, else by its Service, else as KServe says. */
export function addressOf(
  objects: readonly KubeObject[],
  workload: InferenceService | undefined,
): string | undefined {
  const ingress = objects.find(({ kind }) => kind === 'Ingress')
  const service = objects.find(({ kind }) => kind === 'Service')
  return (
    (ingress && ingressAddress(ingress)) ??
    (service && serviceAddress(service)) ??
    workload?.status?.url
  )
}

function ingressAddress(ingress: Ingress): string | undefined {
  const [rule] = ingress.spec?.rules ?? []
  if (rule?.host === undefined) return undefined
  const { host } = rule
  const isSecure = (ingress.spec?.tls ?? []).some(({ hosts = [] }) => hosts.includes(host))
  return `${isSecure ? 'https' : 'http'}://${host}${rule.http?.paths?.[0]?.path ?? '/'}`
}

function serviceAddress(service: Service): string {
  const { spec = {}, status } = service
  const host = spec.externalName ?? balancerAddress(status?.loadBalancer) ?? clusterAddress(service)
  const port = spec.ports?.[0]?.port ?? 80
  if (port === 443) return `https://${host}`
  return port === 80 ? `http://${host}` : `http://${host}:${port}`
}
