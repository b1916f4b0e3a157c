import { at, entries, text, type JsonMap, type KubeObject } from '../../object/index.ts'
import { conditionOf, conditionText, isStale } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import { faulty, pending, unseen } from '../reported.ts'
import { progressing } from '../rollout.ts'
import type { Condition } from '../shapes.ts'
import type { Verdict } from '../verdict.ts'
import type { Rule } from './rule.ts'

export const GATEWAY_CONTROLLER = 'the Gateway controller'

/** A controller looks again when anything that a gateway refers to changes. */
const PATIENCE_SECONDS = 5

/** What the controller is still about: addresses and data planes come late. */
const PENDING = new Set(['Pending', 'NotReconciled', 'AddressNotAssigned', 'NoResources'])

/**
 * Ready when accepted and programmed at its present generation, and no listener is in conflict or refused. The API server
 * itself writes conditions with reason Pending before any controller has looked (gateway-api, apis/v1/gateway_types.go).
 */
export const assessGateway: Rule = inquiry => {
  const { object } = inquiry
  const accepted = conditionOf(object, 'Accepted')
  if (accepted === undefined || isUntouched(accepted) || isStale(accepted, inquiry))
    return unseen(inquiry, GATEWAY_CONTROLLER)
  if (accepted.status !== 'True') return refused(inquiry, accepted, '')
  const listener = listenersOf(object).flatMap(each => badListener(inquiry, each))[0]
  if (listener !== undefined) return listener
  const programmed = conditionOf(object, 'Programmed')
  if (programmed === undefined || isStale(programmed, inquiry))
    return progressing(`waiting for ${GATEWAY_CONTROLLER} to set it up`)
  if (programmed.status !== 'True') return refused(inquiry, programmed, '')
  return { state: 'ready', message: readyText(object) }
}

function isUntouched({ status, reason }: Condition): boolean {
  return status === 'Unknown' && reason === 'Pending'
}

function badListener(inquiry: Inquiry, listener: JsonMap): Verdict[] {
  const which = `listener ${text(listener['name']) ?? '?'}: `
  const conditions = entries(listener['conditions']) as unknown as Condition[]
  const bad = conditions.find(
    ({ type, status }) =>
      (type === 'Conflicted' && status === 'True') ||
      (['Accepted', 'ResolvedRefs', 'Programmed'].includes(type) && status === 'False'),
  )
  return bad === undefined ? [] : [refused(inquiry, bad, which)]
}

function refused(inquiry: Inquiry, condition: Condition, which: string): Verdict {
  const { reason = '' } = condition
  const message = `${which}${conditionText(condition)}`
  if (condition.status === 'Unknown' || PENDING.has(reason))
    return awaited(inquiry, { condition, message })
  // cert-manager makes the certificate of a listener after it has seen the gateway.
  const isAwaited = reason === 'InvalidCertificateRef'
  const { name } = inquiry.object.metadata
  const verdict = faulty(inquiry, {
    condition,
    who: GATEWAY_CONTROLLER,
    cause: 'gateway',
    summary: `Gateway ${name} cannot serve: ${message}`,
    remedy: remedyFor(reason),
    patienceSeconds: isAwaited ? 60 : PATIENCE_SECONDS,
  })
  return { ...verdict, message }
}

function awaited(inquiry: Inquiry, told: { condition: Condition; message: string }): Verdict {
  const { name, namespace = 'default' } = inquiry.object.metadata
  return pending(inquiry, {
    ...told,
    cause: 'gateway',
    summary: `Gateway ${name} cannot serve yet: ${told.message}`,
    remedy: /Address/.test(told.condition.reason ?? '')
      ? "see whether the Service of the gateway gets an address: something has to give Services of type LoadBalancer one (the cloud's controller, MetalLB): kubectl get services -A"
      : `look at the pods of the gateway and at its controller: kubectl -n ${namespace} describe gateway ${name}`,
  })
}

function remedyFor(reason: string): string {
  if (/Certificate/.test(reason))
    return 'correct spec.listeners[].tls.certificateRefs, or make its Secret'
  if (reason === 'RefNotPermitted')
    return 'allow the reference with a ReferenceGrant in the namespace that it leads to'
  if (/Conflict/.test(reason))
    return 'give each listener of a port a host of its own, and one protocol'
  if (/Address/.test(reason)) return 'correct spec.addresses, or leave the choice to the controller'
  if (reason === 'InvalidParameters') return 'correct spec.infrastructure.parametersRef'
  return 'correct spec.listeners and spec.gatewayClassName'
}

function listenersOf(gateway: KubeObject): JsonMap[] {
  return entries(at(gateway, 'status', 'listeners'))
}

function readyText(gateway: KubeObject): string {
  const [first] = entries(at(gateway, 'status', 'addresses'))
  const address = text(at(first, 'value'))
  return address === undefined ? 'programmed' : `at ${address}`
}
