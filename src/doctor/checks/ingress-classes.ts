import { listIfAllowed } from '../../cluster/index.ts'
import { INGRESS, isOf } from '../../kinds/index.ts'
import { about, type Check, type Finding } from '../finding.ts'

const DEFAULT = 'ingressclass.kubernetes.io/is-default-class'

export const ingressClasses: Check = async ({ cluster, objects }) => {
  const ingresses = objects.map(({ object }) => object).filter(object => isOf(object, INGRESS))
  if (ingresses.length === 0)
    return about('ingress classes').notNeeded('no endpoint has an Ingress')
  const found = await listIfAllowed(cluster, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
  })
  if (found === undefined)
    return about('ingress classes').unseen('no permission to list IngressClasses')
  const names = found.map(({ metadata }) => metadata.name)
  const hasDefault = found.some(({ metadata }) => metadata.annotations?.[DEFAULT] === 'true')
  const asked = ingresses.map(
    object => (object['spec'] as { ingressClassName?: string } | undefined)?.ingressClassName,
  )
  return [...new Set(asked)].map(name => {
    const isThere = name === undefined ? hasDefault : names.includes(name)
    return isThere ? good(name) : absent(name, names)
  })
}

function good(name: string | undefined): Finding {
  return name === undefined
    ? about('default ingress class').ok('is there')
    : about(`ingress class ${name}`).ok('is there')
}

function absent(name: string | undefined, names: string[]): Finding {
  const known =
    names.length === 0 ? 'there is none in the cluster' : `there are: ${names.join(', ')}`
  if (name === undefined)
    return about('default ingress class').warning(
      `an Ingress names no class and the cluster has no default one; ${known}`,
      'Set ingress.className: nobody serves the Ingress without one.',
    )
  return about(`ingress class ${name}`).missing(
    `does not exist; ${known}`,
    'Correct ingress.className, or install the controller that brings the class.',
  )
}
