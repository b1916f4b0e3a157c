import type { KubeObject } from '../../object/index.ts'
import type { LoadBalancer, Service } from '../shapes.ts'
import { between } from '../times.ts'
import type { Rule } from './rule.ts'

/** Clouds give an address within a minute or two; a cluster without a load balancer's controller never does. */
const ADDRESS_SECONDS = 120

/** Ready when it has the address that its type promises, which is waited for a short time: pods serve without it. */
export const assessService: Rule = ({ object, now }) => {
  const { spec = {}, status }: Service = object
  if (spec.type === 'ExternalName')
    return { state: 'ready', message: `stands for ${spec.externalName ?? '?'}` }
  if (!spec.clusterIP) return { state: 'progressing', message: 'waiting for a cluster IP' }
  if (spec.type !== 'LoadBalancer') return { state: 'ready', message: clusterAddress(object) }
  const address = balancerAddress(status?.loadBalancer)
  if (address !== undefined) return { state: 'ready', message: `load balancer ${address}` }
  const age = between(object.metadata.creationTimestamp, now) ?? 0
  return age < ADDRESS_SECONDS * 1000
    ? { state: 'progressing', message: 'waiting for an address of the load balancer' }
    : { state: 'ready', message: 'no load balancer has given it an address' }
}

/** `chat-svc.llm-ops.svc` */
export function clusterAddress({ metadata: { name, namespace = 'default' } }: KubeObject): string {
  return `${name}.${namespace}.svc`
}

export function balancerAddress(balancer: LoadBalancer | undefined): string | undefined {
  const [first] = balancer?.ingress ?? []
  return first?.hostname ?? first?.ip
}
