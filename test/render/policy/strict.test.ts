import test from 'ava'
import { renderSet } from '../../../src/render/index.ts'
import { POLICY_RULES } from '../../../src/render/policy/rules.ts'
import type { Endpoint } from '../../../src/spec/index.ts'
import { anEndpoint, aSet } from '../../support/endpoint.ts'
import { patched, patchedPod } from '../check/outcomes.ts'
import { found } from './outcomes.ts'

test('S4 · a patch that adds to what the spec does wrong is blamed for its own part', t => {
  const image = 'quay.io/chat:1.0.0'
  const endpoint = patchedPod(
    { containers: [{ name: 'side', image: 'quay.io/side:1.0.0' }] },
    { image },
  )
  t.deepEqual(
    found({ registries: ['ghcr.io'] }, [endpoint]).map(({ place }) =>
      place?.file.replace(/^.*#/, ''),
    ),
    ['spec.image', 'spec.patches[0]'],
  )
})

test('S4 · each policy can warn or be off', t => {
  const bad = anEndpoint({ image: 'quay.io/x:1.0.0', podSecurity: false })
  const severities = (policies: object) => [
    ...new Set(found(policies, [bad]).map(({ rule, severity }) => `${rule} ${severity}`)),
  ]
  t.deepEqual(severities({ registries: { allow: ['ghcr.io'], level: 'warn' } }), [
    'policy-registries warning',
  ])
  t.deepEqual(severities({ podSecurity: { standard: 'restricted', level: 'warn' } }), [
    'policy-pod-security warning',
  ])
  t.deepEqual(severities({ strict: true, registries: 'off', podSecurity: 'off' }), [])
})

test('S4 · "policies: strict" turns all of them on, and single ones can be set beside it', t => {
  const rules = (policies: unknown, endpoint: Endpoint) =>
    [...new Set(found(policies, [endpoint]).map(({ rule = '' }) => rule))].toSorted()
  const everything = anEndpoint(
    {
      ingress: { host: 'chat.example.com', annotations: { 'nginx.org/server-snippets': 'x' } },
      serviceAccount: 'admin',
      podSecurity: false,
      patches: [
        {
          target: { kind: 'Service' },
          merge: { metadata: { finalizers: ['a/b'] }, spec: { type: 'NodePort' } },
        },
      ],
    },
    { namespace: 'other' },
  )
  t.deepEqual(rules('strict', everything), POLICY_RULES.map(({ id }) => id).toSorted())
  t.deepEqual(rules('strict', everything), rules({ strict: true }, everything))
  const plain = anEndpoint({
    ingress: { host: 'chat.example.com' },
    serviceAccount: { create: true },
  })
  const named = { strict: true, hosts: ['*.example.com'], registries: ['registry.example.com'] }
  t.deepEqual(rules(named, plain), [])
})

test('S4 · owners and what the API server writes are not a patch’s to set, whatever the policies', t => {
  for (const metadata of [
    {
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u', controller: true }],
    },
    { managedFields: [{ manager: 'x' }] },
    { uid: 'x' },
    { deletionGracePeriodSeconds: 1 },
  ]) {
    const [problem] = renderSet(aSet([patched('Service', { metadata })])).problems
    t.like(problem, { rule: 'metadata-reserved', severity: 'error', code: 'wiring' })
    t.is(problem?.place?.file.replace(/^.*#/, ''), 'spec.patches[0]')
  }
})

test('S4 · patterns take no longer for hostile text', t => {
  const pattern = '*a'.repeat(60)
  const host = 'a'.repeat(63)
  t.is(
    found({ hosts: [`${pattern}b`] }, [anEndpoint({ ingress: { host: `${host}.example.com` } })])
      .length,
    1,
  )
})
