import { at, entries, number, summed, text, type KubeObject } from '../object/index.ts'
import { RESOURCE_CLAIM_TEMPLATE } from './resource-claim.ts'
import { isOf } from './table.ts'

/** Devices that pods claim: https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/ */

/** Whether devices of a class are GPUs or parts of them, by its name: `gpu.nvidia.com`, `mig.nvidia.com`. */
export function isGpuClass(name: string): boolean {
  return /gpu|(?<![a-z])mig(?![a-z])/i.test(name)
}

/** A claim that is made anew for each pod. One that is named is shared: another pod needs no more devices. */
interface OwnClaim {
  name: string
  template: string
}

function ownClaimsOf(podSpec: unknown): OwnClaim[] {
  return entries(at(podSpec, 'resourceClaims')).flatMap(({ name, resourceClaimTemplateName }) => {
    const template = text(resourceClaimTemplateName)
    return template === undefined ? [] : [{ name: text(name) ?? '', template }]
  })
}

/** By device class, how many a claim or a template asks for: of alternatives the first, and of all that there are one. */
export function devicesAsked(object: KubeObject): Map<string, number> {
  const spec = isOf(object, RESOURCE_CLAIM_TEMPLATE) ? at(object, 'spec', 'spec') : object['spec']
  const asked = entries(at(spec, 'devices', 'requests')).flatMap(request => {
    // Of the versions before v1, a request has its class itself.
    const exactly = at(request, 'exactly') ?? at(request, 'firstAvailable', 0) ?? request
    const name = text(at(exactly, 'deviceClassName'))
    return name === undefined ? [] : [[name, number(at(exactly, 'count')) ?? 1] as const]
  })
  return summed(asked)
}

/**
 * By device class, what each pod claims for itself. A template that is not among the objects is told by name instead: that of the claim, or
 * its own, as far as it speaks of GPUs.
 */
export function devicesClaimed(
  podSpec: unknown,
  { namespace, among }: { namespace: string | undefined; among: readonly KubeObject[] },
): Map<string, number> {
  const claimed = ownClaimsOf(podSpec).flatMap(({ name, template }) => {
    const found = among.find(
      object =>
        isOf(object, RESOURCE_CLAIM_TEMPLATE) &&
        object.metadata.name === template &&
        object.metadata.namespace === namespace,
    )
    const hint = [template, name].find(isGpuClass)
    const unknown: [string, number][] = hint === undefined ? [] : [[hint, 1]]
    return found === undefined ? unknown : [...devicesAsked(found)]
  })
  return summed(claimed)
}
