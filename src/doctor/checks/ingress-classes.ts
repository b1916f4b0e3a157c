import { INGRESS, isOf } from '../../kinds/index.ts'
import { ifAllowed } from '../finding.ts'
import type { Check, Finding } from '../finding.ts'

const DEFAULT = 'ingressclass.kubernetes.io/is-default-class'

export const ingressClasses: Check = async ({ cluster, objects }) => {
  const ingresses = objects.map(({ object }) => object).filter(object => isOf(object, INGRESS))
  if (ingresses.length === 0)
    return [
      { check: 'ingress classes', state: 'not-needed', message: 'no endpoint has an Ingress' },
    ]
  const found = await ifAllowed(
    cluster.list({ apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass' }),
  )
  if (found === undefined)
    return [
      {
        check: 'ingress classes',
        state: 'unseen',
        message: 'no permission to list IngressClasses',
      },
    ]
  const names = found.items.map(({ metadata }) => metadata.name)
  const hasDefault = found.items.some(({ metadata }) => metadata.annotations?.[DEFAULT] === 'true')
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
    ? { check: 'default ingress class', state: 'ok', message: 'is there' }
    : { check: `ingress class ${name}`, state: 'ok', message: 'is there' }
}

function absent(name: string | undefined, names: string[]): Finding {
  const known =
    names.length === 0 ? 'there is none in the cluster' : `there are: ${names.join(', ')}`
  if (name === undefined)
    return {
      check: 'default ingress class',
      state: 'warning',
      message: `an Ingress names no class and the cluster has no default one; ${known}`,
      remedy: 'Set ingress.className: nobody serves the Ingress without one.',
    }
  return {
    check: `ingress class ${name}`,
    state: 'missing',
    message: `does not exist; ${known}`,
    remedy: 'Correct ingress.className, or install the controller that brings the class.',
  }
}
