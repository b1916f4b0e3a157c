import test from 'ava'
import type { Action, Plan } from '../../src/plan/index.ts'
import { painter, planAsText, renderChanges } from '../../src/report/index.ts'
import { endpointChanges } from '../../src/report/endpoint-change.ts'
import type { RenderedObject } from '../../src/render/index.ts'
import { aDeployment, anAction, aPlan, aRef } from './plans.ts'
import { plannedActions } from '../../src/report/change.ts'

/** What comes to, or goes from, an endpoint that was there before and goes on is no creation and no deletion of it. */

/** Of `chat`, which has a Deployment beside what is done. */
function planOf(actions: Action[]): Plan {
  const plan = aPlan(actions)
  const made = actions.flatMap(({ desired }) => desired ?? [])
  const endpoints = plan.endpoints.map(each => ({ ...each, objects: [aDeployment(), ...made] }))
  return { ...plan, endpoints, unchanged: [aRef('Deployment', 'chat')] }
}

const only = (type: Action['type'], kind: string) =>
  endpointChanges(
    plannedActions(planOf([anAction(type, kind, { reason: 'no longer rendered' })])),
  )[0]

test('R3 · an endpoint that loses a ConfigMap is updated, without downtime', t => {
  const change = only('prune', 'ConfigMap')
  t.is(change?.verb, 'update')
  t.like(change?.impact, {
    downtime: { answer: 'no' },
    pods: { fate: 'stay' },
    deletes: ['ConfigMap'],
  })
  t.deepEqual(change?.highlights, ['1 object no longer rendered'])
})

test('R3 · an endpoint that loses its Ingress is updated, and cannot be reached from outside', t => {
  const change = only('prune', 'Ingress')
  t.is(change?.verb, 'update')
  t.deepEqual(change?.impact.downtime, { answer: 'yes', because: 'its Ingress is deleted' })
  const text = planAsText(planOf([anAction('prune', 'Ingress')]), painter(false))
  t.regex(text, /^~ update chat: 1 object no longer rendered; restarts no pods; downtime: yes/m)
  t.notRegex(text, /it is deleted/)
})

test('R3 · an endpoint that gets an Ingress is updated, not created', t => {
  const ingress = { ...aDeployment(), kind: 'Ingress', apiVersion: 'networking.k8s.io/v1' }
  const plan = planOf([anAction('create', 'Ingress', { desired: ingress })])
  const [change] = endpointChanges(plannedActions(plan))
  t.is(change?.verb, 'update')
  t.deepEqual(change?.highlights, ['adds Ingress'])
  t.like(change?.impact, { pods: { fate: 'stay' }, downtime: { answer: 'no' } })
})

test('R3 · an endpoint of which nothing stays is deleted, and one of which all is new is created', t => {
  const gone = aPlan([anAction('prune', 'Deployment'), anAction('prune', 'Service')])
  t.is(endpointChanges(plannedActions(gone))[0]?.verb, 'delete')
  const fresh = planOf([anAction('create', 'Deployment', { desired: aDeployment() })])
  const [endpoint] = fresh.endpoints
  const whole = { ...fresh, endpoints: [{ ...endpoint!, objects: [aDeployment()] }] }
  t.is(endpointChanges(plannedActions(whole))[0]?.verb, 'create')
})

test('R3 · two renders are told by the same rule', t => {
  const chat = { endpoint: { name: 'chat' }, object: aDeployment() } as unknown as RenderedObject
  const change = {
    ref: aRef('Ingress', 'chat'),
    endpoint: 'chat',
    changes: [],
    restartsPods: false,
  }
  const verbs = (type: 'added' | 'removed', after: RenderedObject[]) =>
    endpointChanges(renderChanges([{ type, ...change }], after)).map(({ verb }) => verb)
  t.deepEqual(verbs('removed', [chat]), ['update'])
  t.deepEqual(verbs('removed', []), ['delete'])
  const ingress = { ...chat, object: { ...aDeployment(), kind: 'Ingress' } }
  t.deepEqual(verbs('added', [chat, ingress]), ['update'])
  t.deepEqual(verbs('added', [ingress]), ['create'])
})
