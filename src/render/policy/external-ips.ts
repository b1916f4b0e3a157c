import { ENDPOINTS, ENDPOINT_SLICE, SERVICE, isOf } from '../../kinds/index.ts'
import { at, text } from '../../object/index.ts'
import type { Environment } from '../../spec/index.ts'
import { nameOf, type Finding } from '../check/rule.ts'
import type { Rendering } from '../rendered.ts'
import { annotationsOf } from './annotations.ts'
import type { PolicyRule } from './rule.ts'

/** MetalLB, Cilium, kube-vip and PureLB give a Service the address that an annotation names, Tailscale one in its network. */
const ADDRESS_ANNOTATIONS =
  /^(metallb\.(io|universe\.tf)\/loadBalancerIPs|(io\.cilium|lbipam\.cilium\.io)\/(lb-ipam-)?ips|kube-vip\.io\/loadbalancerIPs|purelb\.io\/addresses|tailscale\.com\/(expose|funnel|hostname))$/

/** Policy externalIPs: Services have no address outside the cluster, which is what an Ingress is for, and lead to pods that they select. */
export const externalIPs: PolicyRule = {
  id: 'policy-external-ips',
  levelIn: ({ policies }) => policies.externalIPs,
  find: (view, environment) =>
    view.all.flatMap(rendering => [
      ...outside(rendering, environment),
      ...unselected(rendering, environment),
    ]),
}

function outside(rendering: Rendering, environment: Environment): Finding[] {
  if (!isOf(rendering.object, SERVICE)) return []
  return addressesOf(rendering).map(({ what, field }) => ({
    rendering,
    field,
    subject: what,
    message: `${nameOf(rendering)} has an address outside the cluster by ${what}, which ${environment.name} does not allow`,
    cause:
      'With an external IP a Service can take traffic that is meant for others (CVE-2020-8554).',
    remedy: 'Remove it, and use spec.ingress for requests from outside.',
  }))
}

/** The controller writes them for the pods that a Service selects; whoever writes them by hand may name any address. */
function unselected(rendering: Rendering, environment: Environment): Finding[] {
  if (!isOf(rendering.object, ENDPOINT_SLICE) && !isOf(rendering.object, ENDPOINTS)) return []
  return [
    {
      rendering,
      field: 'metadata.name',
      message: `${nameOf(rendering)} gives a Service addresses that it does not select, which ${environment.name} does not allow`,
      cause:
        'The addresses may be those of pods in other namespaces, past their network policies (CVE-2021-25740).',
      remedy: 'Remove it, and let the Service select its pods.',
    },
  ]
}

function addressesOf(rendering: Rendering) {
  const spec = at(rendering.object, 'spec')
  const ips = at(spec, 'externalIPs')
  const type = text(at(spec, 'type')) ?? 'ClusterIP'
  return [
    ...(Array.isArray(ips) && ips.length > 0 ? ['externalIPs'] : []),
    ...(at(spec, 'loadBalancerIP') === undefined ? [] : ['loadBalancerIP']),
    ...(['LoadBalancer', 'NodePort'].includes(type) ? [`type ${type}`] : []),
  ]
    .map(what => ({ what, field: 'spec.service' }))
    .concat(
      annotationsOf(rendering)
        .filter(({ name }) => ADDRESS_ANNOTATIONS.test(name))
        .map(({ name, field }) => ({ what: `the annotation ${name}`, field })),
    )
}
