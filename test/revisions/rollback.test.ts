import test, { type ExecutionContext } from 'ava'
import { openRepository } from '../../src/git/index.ts'
import type { Revision } from '../../src/plan/index.ts'
import { planRevert, planRollback, type Rollback } from '../../src/revisions/index.ts'
import { aClone, aRepository, problemOf, type Playground } from '../git/playground.ts'

/** What a rollback goes back to, what it changes in which environment, and what it does not take back. */

const project = (
  staging: string,
  production: string,
  more = '',
) => `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: {name: shop}
spec:
  namespace: shop
${more}  environments:
    staging: {overlay: [{match: {name: chat}, image: 'registry.example.com/chat:${staging}'}]}
    production: {namespace: live, overlay: [{match: {name: chat}, image: 'registry.example.com/chat:${production}'}]}
`

const endpoint = (name: string, spec: string) => `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: ${name}}
spec:
  resources: {cpu: 1, memory: 1Gi}
${spec}`

const withImage = (tag: string) => `  image: registry.example.com/rag:${tag}\n`

/** Images of chat stand in the overlays, that of rag in its own file. P1, then staging to 3.0, then production to 2.0. */
function aShop(t: ExecutionContext) {
  const repository = aRepository(t)
  const files = {
    'endpoints/chat.yaml': endpoint('chat', ''),
    'endpoints/rag.yaml': endpoint('rag', withImage('v1')),
  }
  const p1 = repository.commit('P1', { ...files, 'slipway.yaml': project('2.0', '1.9') })
  const p2 = repository.commit('P2', { 'slipway.yaml': project('3.0', '1.9') })
  const p3 = repository.commit('P3', { 'slipway.yaml': project('3.0', '2.0') })
  return { repository, p1, p2, p3 }
}

interface Asked {
  environment?: string
  name?: string
  to?: string
  /** Applied with success, newest first. */
  good?: readonly string[]
}

async function rollbackOf(
  { directory }: Playground,
  { environment, name, to, good = [] }: Asked,
): Promise<Rollback> {
  const repository = await openRepository(directory)
  const choice = { environment }
  const readRecord = async () => good.map(revision)
  return planRollback({ repository, directory, choice, name, to, readRecord })
}

function revision(commit: string): Revision {
  return {
    commit,
    time: '2026-07-01T10:00:00Z',
    actor: 'ada@laptop',
    dirty: false,
    result: 'succeeded',
    durationSeconds: 1,
    counts: { create: 1, update: 0, adopt: 0, replace: 0, prune: 0, switch: 0, unchanged: 0 },
  }
}

/** `staging: chat`: the environments that change, and of which endpoints; `?` where that is not known. */
const changesOf = ({ effects }: Rollback) =>
  effects.map(({ environment, changes }) => {
    const endpoints = new Set(changes?.differences.map(each => each.endpoint) ?? ['?'])
    return `${environment}: ${[...endpoints].join(', ')}`
  })

test('R6, G1 · a rollback goes to the newest good revision from which this environment differs, and shows every one that changes', async t => {
  const { repository, p1, p2, p3 } = aShop(t)
  const good = [p3, p2, p1]
  const staging = await rollbackOf(repository, { environment: 'staging', good })
  t.regex(staging.headline, /^Back to \w{7} \(P1\)/)
  t.deepEqual(changesOf(staging), ['staging: chat', 'production: chat'])
  const production = await rollbackOf(repository, { environment: 'production', good })
  t.regex(production.headline, /\(P2\)/)
  t.deepEqual(changesOf(production), ['production: chat'])
})

test('G1 · another environment does not go back with the one that was asked for, unless that is meant', async t => {
  const { repository, p1, p2, p3 } = aShop(t)
  const staging = await rollbackOf(repository, { environment: 'staging', good: [p3, p2, p1] })
  const error = await t.throwsAsync(staging.make())
  t.regex(error?.message ?? '', /this changes production, too, and not only staging/)
  t.is(repository.git('rev-parse', 'HEAD'), p3)
  await staging.make({ otherEnvironments: true })
  t.is(repository.git('diff', p1, 'HEAD'), '')
})

test('G1 · one commit alone is taken back where it concerns this environment only', async t => {
  const { repository, p2, p3 } = aShop(t)
  const { directory } = repository
  const open = await openRepository(directory)
  const question = { repository: open, directory, choice: { environment: 'production' } }
  const other = await planRevert({ ...question, choice: { environment: 'staging' } }, p3)
  t.deepEqual(changesOf(other), ['production: chat'])
  await t.throwsAsync(other.make(), { message: /changes production, too, and not only staging/ })
  const revert = await planRevert(question, p3)
  t.deepEqual(changesOf(revert), ['production: chat'])
  await revert.make()
  t.is(repository.git('diff', p2, 'HEAD'), '')
})

test('R6 · before the first commit there is nothing, and where a clone ends it is said', async t => {
  const { repository, p1 } = aShop(t)
  const revertIn = async ({ directory }: Playground, commit: string) =>
    planRevert({ repository: await openRepository(directory), directory, choice: {} }, commit)
  const first = await problemOf(t, revertIn(repository, p1))
  t.is(first.code, 'nothing-to-roll-back')
  t.regex(first.message, /^\w{7} is the first commit of the repository/)
  const cut = await problemOf(t, revertIn(aClone(t, repository, '--depth=1'), 'HEAD'))
  t.is(cut.code, 'unknown-revision')
  t.regex(cut.message, /^the parent of commit \w{40} is not in this clone$/)
})

test('R6 · where every good revision renders what the present one does, that is said', async t => {
  const { repository, p2, p3 } = aShop(t)
  const asked = { environment: 'staging', good: [p3, p2] }
  await t.throwsAsync(rollbackOf(repository, asked), {
    message: /no revision that was applied to staging successfully differs from the current one$/m,
  })
  await t.throwsAsync(rollbackOf(repository, { ...asked, good: [] }), {
    message: /no other revision was applied to staging successfully/,
  })
})

test('R6, G1 · of an endpoint whose change stands in an overlay it is said where, and by which commit', async t => {
  const { repository, p1, p2, p3 } = aShop(t)
  for (const asked of [{ to: p1 }, { good: [p3, p2, p1] }]) {
    // oxlint-disable-next-line no-await-in-loop
    const problem = await problemOf(
      t,
      rollbackOf(repository, { environment: 'staging', name: 'chat', ...asked }),
    )
    t.regex(problem.message, /chat is not as it was at \w{7}, .*: slipway\.yaml changed/)
    // P3 changed the same file, and production only.
    t.regex(problem.remedy ?? '', new RegExp(`--commit ${p2.slice(0, 7)}\\.`))
  }
  const same = rollbackOf(repository, { environment: 'staging', name: 'rag', to: p1 })
  await t.throwsAsync(same, { message: /rag is already as it was at/ })
})

test('R6, G1 · a model that changed in a catalogue: the way back is the same', async t => {
  const repository = aRepository(t)
  const model = (name: string, version: string) =>
    `    ${name}: {uri: 's3://models/${name}/${version}', status: approved}\n`
  const catalogue = (small: string, large: string) =>
    `apiVersion: slipway.dev/v1alpha1\nkind: ModelCatalogue\nspec:\n  models:\n${model('small', small)}${model('large', large)}`
  const overlay = (ref: string) => `overlay: [{match: {name: chat}, model: {ref: ${ref}}}]`
  const p1 = repository.commit('P1', {
    'endpoints/chat.yaml': endpoint('chat', '  image: registry.example.com/chat:v1\n'),
    'slipway.yaml': `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: {name: shop}
spec:
  namespace: shop
  catalogues: {models: models.yaml}
  environments:
    staging: {${overlay('small')}}
    production: {namespace: live, ${overlay('large')}}
`,
    'models.yaml': catalogue('1', '1'),
  })
  const p2 = repository.commit('P2', { 'models.yaml': catalogue('2', '1') })
  const p3 = repository.commit('P3', { 'models.yaml': catalogue('2', '2') })
  const asked = { environment: 'staging', good: [p3, p2, p1] }
  const staging = await rollbackOf(repository, asked)
  t.regex(staging.headline, /\(P1\)/)
  t.deepEqual(changesOf(staging), ['staging: chat', 'production: chat'])
  await t.throwsAsync(staging.make(), { message: /this changes production, too/ })
  const problem = await problemOf(t, rollbackOf(repository, { ...asked, name: 'chat' }))
  t.regex(problem.message, /models\.yaml changed$/)
  t.regex(problem.remedy ?? '', new RegExp(`--commit ${p2.slice(0, 7)}\\.`))
})

test('R6 · an endpoint goes back to the newest good revision in which it differs, whatever else changed since', async t => {
  const { repository, p1, p3 } = aShop(t)
  const p4 = repository.commit('P4', { 'endpoints/rag.yaml': endpoint('rag', withImage('v2')) })
  const asked = { environment: 'staging', name: 'rag', good: [p4, p3, p1] }
  const back = await rollbackOf(repository, asked)
  t.regex(back.headline, /^rag back to \w{7} \(P3\)/)
  t.deepEqual(back.files, ['endpoints/rag.yaml'])
  t.deepEqual(back.warnings, [])
})

test('R6 · what stays of an endpoint that goes back is said', async t => {
  const { repository, p1 } = aShop(t)
  repository.commit('P4', {
    'endpoints/rag.yaml': endpoint('rag', withImage('v2')),
    'slipway.yaml': project('3.0', '2.0', '  defaults: {replicas: 3}\n'),
  })
  const back = await rollbackOf(repository, { environment: 'staging', name: 'rag', to: p1 })
  t.deepEqual(back.files, ['endpoints/rag.yaml'])
  t.like(back.warnings, [{ code: 'partly-rolled-back', severity: 'warning', endpoint: 'rag' }])
  t.regex(back.warnings[0]?.message ?? '', /what changed since in slipway\.yaml stays/)
})

test('R6 · an endpoint is not put into a folder that is no longer the project’s', async t => {
  const { repository, p1 } = aShop(t)
  repository.git('mv', 'endpoints', 'serving')
  const head = repository.commit('moved', {
    'slipway.yaml': project('3.0', '2.0', '  endpoints: serving\n'),
    'serving/rag.yaml': endpoint('rag', withImage('v2')),
  })
  const problem = await problemOf(
    t,
    rollbackOf(repository, { environment: 'staging', name: 'rag', to: p1 }),
  )
  t.regex(problem.message, /at \w{7} it was in endpoints\/rag\.yaml, where the project has no/)
  t.regex(problem.remedy ?? '', /edit serving\/rag\.yaml by hand/)
  t.is(repository.git('rev-parse', 'HEAD'), head)
})

test('R6, G1 · what changes in a project that cannot be rendered is not known, and refused for other environments', async t => {
  const { repository, p2, p3 } = aShop(t)
  repository.commit('P4', { 'endpoints/chat.yaml': 'kind: [' })
  const back = await rollbackOf(repository, { environment: 'staging', good: [p3, p2] })
  t.regex(back.headline, /\(P3\)/)
  t.deepEqual(changesOf(back), ['staging: ?', 'production: ?'])
  await t.throwsAsync(back.make(), { message: /this may change production, too/ })
})

test('G1 · an environment that nobody knows is told, and not taken for one in which nothing changes', async t => {
  const { repository, p1, p3 } = aShop(t)
  const problem = await problemOf(t, rollbackOf(repository, { environment: 'stagin', to: p1 }))
  t.is(problem.code, 'unknown-environment')
  t.regex(problem.message, /stagin/)
  const opened = await openRepository(repository.directory)
  const { directory } = repository
  const choice = { environment: 'stagin' }
  const reverted = await problemOf(t, planRevert({ repository: opened, directory, choice }, p3))
  t.is(reverted.code, 'unknown-environment')
})
