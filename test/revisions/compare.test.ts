import test from 'ava'
import type { ExecutionContext } from 'ava'
import { compareRevisions } from '../../src/revisions/index.ts'
import { aRepository } from '../git/playground.ts'

/** What is said of an environment that the revision compared with does not have. */

const project = (environments: string) => `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: {name: shop}
spec:
  environments: ${environments}
`
const CHAT = `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: chat}
spec:
  image: registry.example.com/chat:1.0
  resources: {cpu: 1, memory: 1Gi}
`

async function toldOf(t: ExecutionContext, before: string, after: string, environment: string) {
  const { directory, commit } = aRepository(t)
  commit('before', { 'slipway.yaml': project(before), 'endpoints/chat.yaml': CHAT })
  commit('after', { 'slipway.yaml': project(after) })
  const compared = await compareRevisions({
    directory,
    choice: { environment },
    against: 'HEAD~1',
  })
  t.is(compared.base.state, 'absent')
  return compared.warnings
}

test('S2 · an environment that is new where another one is gone may be that one under another name', async t => {
  const found = await toldOf(
    t,
    '{staging: {namespace: shop}, live: {namespace: live}}',
    '{stage: {namespace: shop}, live: {namespace: live}}',
    'stage',
  )
  t.like(found, [{ code: 'foreign-owner', severity: 'warning' }])
  t.regex(
    found[0]?.message ?? '',
    /^stage is new, and staging, which was in the same namespace, is gone/,
  )
})

for (const [title, before, after] of [
  [
    'the other one is still there',
    '{staging: {namespace: a}}',
    '{stage: {namespace: a}, staging: {namespace: a}}',
  ],
  ['the other one was elsewhere', '{staging: {namespace: b}}', '{stage: {namespace: a}}'],
  [
    'the other one was in another cluster',
    '{staging: {namespace: a, context: x}}',
    '{stage: {namespace: a, context: y}}',
  ],
] as const)
  test(`S2 · it is new where ${title}`, async t => {
    t.deepEqual(await toldOf(t, before, after, 'stage'), [])
  })
