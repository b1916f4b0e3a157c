import type { Ingress } from '../shapes.ts'
import { balancerAddress } from './service.ts'
import type { Rule } from './rule.ts'

/** Ready once stored: many controllers never write an address, and without one nobody would. */
export const assessIngress: Rule = ({ object }) => {
  const { status }: Ingress = object
  const address = balancerAddress(status?.loadBalancer)
  return {
    state: 'ready',
    message:
      address === undefined ? 'stored; no controller has given it an address' : `at ${address}`,
  }
}
