import { GATEWAY, SERVICE } from '../../kinds/index.ts'
import { at, entries, groupOf, text, type JsonMap, type KubeObject } from '../../object/index.ts'
import { conditionText, isStale } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import { faulty, unseen } from '../reported.ts'
import { progressing } from '../rollout.ts'
import type { Condition } from '../shapes.ts'
import type { Verdict } from '../verdict.ts'
import { GATEWAY_CONTROLLER } from './gateway.ts'
import type { Rule } from './rule.ts'

/** A gateway of the same apply may be seconds behind; a Service may be made by another controller. */
const PATIENCE_SECONDS = { BackendNotFound: 60, known: 5, unknown: 30 }

/**
 * Any route of the Gateway API: ready when each parent of its spec has accepted it and resolved its references, at its
 * present generation. What is said for parents that it no longer has does not count (gateway-api, apis/v1/shared_types.go).
 */
export const assessRoute: Rule = inquiry => {
  const { object } = inquiry
  const parents = entries(at(object, 'spec', 'parentRefs'))
  if (parents.length === 0) return { state: 'ready', message: 'stored; no gateway is named in it' }
  const verdicts = parents.map(parent => byParent(inquiry, parent))
  const failed = verdicts.find(({ state }) => state === 'failed')
  const unready = failed ?? verdicts.find(({ state }) => state !== 'ready')
  return unready ?? { state: 'ready', message: `accepted by ${parents.map(shown).join(', ')}` }
}

function byParent(inquiry: Inquiry, parent: JsonMap): Verdict {
  const conditions = conditionsFor(inquiry.object, parent)
  const accepted = conditions.find(({ type }) => type === 'Accepted')
  if (accepted === undefined || isStale(accepted, inquiry))
    return unseen(inquiry, controllerOf(parent))
  if (accepted.status !== 'True') return refused(inquiry, { parent, condition: accepted })
  const resolved = conditions.find(({ type }) => type === 'ResolvedRefs')
  if (resolved === undefined || isStale(resolved, inquiry))
    return progressing(`waiting for ${shown(parent)} to resolve its references`)
  if (resolved.status !== 'True') return refused(inquiry, { parent, condition: resolved })
  const partial = conditions.find(({ type }) => type === 'PartiallyInvalid')
  if (partial?.status === 'True') return refused(inquiry, { parent, condition: partial })
  return { state: 'ready', message: `accepted by ${shown(parent)}` }
}

/** Of two controllers that speak for one parent, the one that took the route. */
function conditionsFor(route: KubeObject, parent: JsonMap): Condition[] {
  const key = keyOf(parent, route)
  const own = entries(at(route, 'status', 'parents'))
    .filter(({ parentRef }) => keyOf(parentRef, route) === key)
    .map(({ conditions }) => entries(conditions) as unknown as Condition[])
  return own.find(isTaken) ?? own[0] ?? []
}

function isTaken(conditions: readonly Condition[]): boolean {
  return conditions.some(({ type, status }) => type === 'Accepted' && status === 'True')
}

/** With the API's defaults. */
function keyOf(parent: unknown, { metadata }: KubeObject): string {
  const { group, kind, namespace, name, sectionName, port } = parent as JsonMap
  return JSON.stringify([
    group ?? groupOf(GATEWAY.apiVersion),
    kind ?? GATEWAY.kind,
    namespace ?? metadata.namespace,
    name,
    sectionName ?? null,
    port ?? null,
  ])
}

function controllerOf(parent: JsonMap): string {
  return `${GATEWAY_CONTROLLER} of ${shown(parent)}`
}

function shown(parent: JsonMap): string {
  const [kind = GATEWAY.kind, namespace, name = '', section] = [
    text(parent['kind']),
    text(parent['namespace']),
    text(parent['name']),
    text(parent['sectionName']),
  ]
  const place = namespace === undefined ? name : `${namespace}/${name}`
  return section === undefined ? `${kind} ${place}` : `listener ${section} of ${kind} ${place}`
}

interface Refusal {
  parent: JsonMap
  condition: Condition
}

function refused(inquiry: Inquiry, { parent, condition }: Refusal): Verdict {
  const { reason = '', status } = condition
  const message = `${shown(parent)}: ${conditionText(condition)}`
  if (status === 'Unknown' || reason === 'Pending') return progressing(message)
  const { kind, metadata } = inquiry.object
  const verdict = faulty(inquiry, {
    condition,
    who: controllerOf(parent),
    cause: 'route-refused',
    summary: `${shown(parent)} does not take ${kind} ${metadata.name}: ${conditionText(condition)}`,
    remedy: remedyFor(condition, parent, metadata.namespace),
    patienceSeconds: patienceFor(reason),
  })
  return { ...verdict, message }
}

/** Words of the API where it has them; what a controller says in its own leads to its gateway, whose listeners say more. */
function remedyFor({ reason = '', message = '' }: Condition, parent: JsonMap, own = ''): string {
  if (reason === 'BackendNotFound') {
    const [, named = SERVICE.kind] = /^([A-Z]\w{1,60}) \S{1,300} not found/.exec(message) ?? []
    return `correct the name of the ${named} in backendRefs, or create it`
  }
  const known = REMEDIES[reason]
  if (known !== undefined) return known
  const [type = GATEWAY.kind, namespace = own, name = ''] = [
    text(parent['kind']),
    text(parent['namespace']),
    text(parent['name']),
  ]
  return `correct what the message names; the conditions of each listener say more: kubectl -n ${namespace} describe ${type.toLowerCase()} ${name}`
}

function patienceFor(reason: string): number {
  if (reason === 'BackendNotFound') return PATIENCE_SECONDS.BackendNotFound
  return reason in REMEDIES ? PATIENCE_SECONDS.known : PATIENCE_SECONDS.unknown
}

const REMEDIES: Record<string, string> = {
  NotAllowedByListeners:
    'allow routes of this namespace and kind in spec.listeners[].allowedRoutes of the gateway, or name a listener that takes them',
  NoMatchingListenerHostname:
    'use a host that a listener of the gateway serves, or add a listener for this one',
  NoMatchingParent: 'correct the name of the listener (sectionName) or its port',
  UnsupportedValue: 'leave out what this gateway does not support',
  IncompatibleFilters: 'leave out one of the filters that exclude each other',
  UnsupportedProtocol: 'correct appProtocol of the port of the Service',
  RefNotPermitted:
    'allow the reference with a ReferenceGrant in the namespace that it leads to, or use a Service of its own namespace',
  InvalidKind: 'use a kind of backend that the gateway knows, such as a Service',
}
