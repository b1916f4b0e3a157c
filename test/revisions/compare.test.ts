import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { compareRevisions } from '../../src/revisions/index.ts'
import { aClone, aRepository, problemOf } from '../git/playground.ts'

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

test('S1 · a revision that git cannot read is an error, and none that is not valid', async t => {
  const playground = aRepository(t)
  const environments = '{live: {namespace: live}}'
  playground.commit('before', {
    'slipway.yaml': project(environments),
    'endpoints/chat.yaml': CHAT,
  })
  const blob = playground.git('rev-parse', 'HEAD:endpoints/chat.yaml')
  playground.commit('after', { 'endpoints/chat.yaml': CHAT.replace('1.0', '1.1') })
  rmSync(join(playground.directory, '.git/objects', blob.slice(0, 2), blob.slice(2)))
  const { directory } = playground
  const problem = await problemOf(t, compareRevisions({ directory, choice: {}, against: 'HEAD~1' }))
  t.like(problem, { code: 'git-failed', message: `the repository is missing object ${blob}` })
})

test('S1 · nor is one of a partial clone whose remote is gone', async t => {
  const origin = aRepository(t)
  origin.git('config', 'uploadpack.allowFilter', 'true')
  const environments = '{live: {namespace: live}}'
  origin.commit('before', { 'slipway.yaml': project(environments), 'endpoints/chat.yaml': CHAT })
  origin.commit('after', { 'endpoints/chat.yaml': CHAT.replace('1.0', '1.1') })
  const { directory } = aClone(t, origin, '--filter=blob:none')
  renameSync(origin.directory, `${origin.directory}-gone`)
  t.teardown(() => rmSync(`${origin.directory}-gone`, { recursive: true }))
  const problem = await problemOf(t, compareRevisions({ directory, choice: {}, against: 'HEAD~1' }))
  t.is(problem.code, 'git-failed')
  t.regex(problem.remedy ?? '', /^A partial clone fetches what it lacks from its remote/)
})
