import type { KubeObject } from '../../object/index.ts'
import type { LoadBalancer, Service } from '../shapes.ts'
import type { Rule } from './rule.ts'

/** Ready when it has the address that its type promises. */
export const assessService: Rule = ({ object }) => {
  const { spec = {}, status }: Service = object
  if (spec.type === 'ExternalName')
    return { state: 'ready', message: `stands for ${spec.externalName ?? '?'}` }
  if (!spec.clusterIP) return { state: 'progressing', message: 'waiting for a cluster IP' }
  if (spec.type !== 'LoadBalancer') return { state: 'ready', message: clusterAddress(object) }
  const address = balancerAddress(status?.loadBalancer)
  return address === undefined
    ? { state: 'progressing', message: 'waiting for an address of the load balancer' }
    : { state: 'ready', message: `load balancer ${address}` }
}

/** `chat-svc.llm-ops.svc` */
export function clusterAddress({ metadata: { name, namespace = 'default' } }: KubeObject): string {
  return `${name}.${namespace}.svc`
}

export function balancerAddress(balancer: LoadBalancer | undefined): string | undefined {
  const [first] = balancer?.ingress ?? []
  return first?.hostname ?? first?.ip
}
