import anyTest, { type ExecutionContext, type TestFn } from 'ava'
import {
  applyPlan,
  compareRenders,
  compareRevisions,
  findProject,
  hasErrors,
  loadSet,
  loadWithProvenance,
  openFolder,
  openRepository,
  planRollback,
  planSet,
  readRevisions,
  readStatus,
  renderSet,
  SlipwayError,
  toYaml,
  type ApplyOutcome,
  type Cluster,
  type Plan,
  type PlanRequest,
} from '../src/index.ts'
import type { Sandbox } from '../src/sandbox/index.ts'
import { shop } from './cli/scratch.ts'
import { aCluster } from './support/cluster.ts'
import { deployedProject, type DeployedProject } from './support/deployed-project.ts'
import { sandboxTest } from './support/sandbox.ts'

const test = anyTest as TestFn<{ sandbox: Sandbox }>
const { serial } = sandboxTest()

test('as a library slipway loads, renders and compares as the command line does', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const source = openFolder(await findProject(`${project.directory}/endpoints`))
  const { value: set, problems } = await loadSet({ source, environment: 'dev' })
  if (set === undefined) throw new Error(JSON.stringify(problems))
  const rendered = renderSet(set)
  t.false(hasErrors(rendered.problems))
  const { stdout } = await project.slipway('render', '-e', 'dev')
  t.is(toYaml(rendered.objects), stdout)
  const [first, ...others] = rendered.objects
  t.like(compareRenders(rendered.objects, others), [
    { type: 'removed', endpoint: first?.endpoint.name ?? '' },
  ])
})

test('what is wrong is a value; only what makes going on pointless is thrown', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  await project.write('endpoints/chat.yaml', 'kind: [')
  const { value, problems } = await loadSet({ source: openFolder(project.directory) })
  t.is(value, undefined)
  t.true(hasErrors(problems))
  await t.throwsAsync(findProject('/'), { instanceOf: SlipwayError })
})

test('R6 · the library compares two revisions, and plans a rollback by the record that it is given', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const { directory, edit, commit } = project
  const good = await commit('chat v1')
  await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  await commit('chat v2')
  const choice = { environment: 'dev' }
  const compared = await compareRevisions({ directory, choice, against: `${good}..HEAD` })
  t.like(compared.differences, [{ type: 'changed', endpoint: 'chat', restartsPods: true }])
  t.deepEqual(
    (await compareRevisions({ directory, choice, against: 'HEAD', names: ['rag'] })).differences,
    [],
  )
  const repository = await openRepository(directory)
  const rollback = await planRollback({
    repository,
    directory,
    choice,
    readRecord: async ({ environment }) => {
      t.is(environment.name, 'dev')
      return [{ commit: good, result: 'succeeded', ...REST }]
    },
  })
  t.deepEqual(rollback.files, ['endpoints/chat.yaml'])
  t.deepEqual(
    rollback.effects.map(({ environment, changes }) => [
      environment,
      changes?.differences.map(({ endpoint }) => endpoint),
    ]),
    [
      ['dev', ['chat']],
      ['production', ['chat']],
    ],
  )
  const none = planRollback({ repository, directory, choice, readRecord: async () => [] })
  await t.throwsAsync(none, { instanceOf: SlipwayError, message: /no other revision was applied/ })
})

const REST = {
  time: '2026-07-01T10:00:00Z',
  actor: 'ada@laptop',
  dirty: false,
  durationSeconds: 1,
  counts: { create: 1, update: 0, adopt: 0, replace: 0, prune: 0, switch: 0, unchanged: 0 },
}

serial(
  'S1 · whoever plans is asked for the commit and the repository, to apply and to delete; a preview is never applied',
  async t => {
    const project = await deployedProject(t, { chat: '', rag: '' })
    const { commit, edit, remove, git } = project
    await git('remote', 'add', 'origin', 'https://git.example.com/team/models.git')
    const cluster = await aCluster(t, t.context.sandbox)
    const first = await git('rev-parse', 'HEAD')
    await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
    const second = await commit('chat v2')
    t.is((await applied(t, { project, cluster })).result, 'succeeded')

    const older = await planned(project, cluster, { revision: first })
    t.deepEqual(refusals(older), ['older-commit'])
    await t.throwsAsync(carriedOut(older, cluster), {
      instanceOf: SlipwayError,
      message: /is older than/,
    })
    const meant = await planned(project, cluster, {
      revision: first,
      options: { allowOlder: true },
    })
    t.deepEqual(refusals(meant), [])
    const preview = await planned(project, cluster, { revision: first, isPreview: true })
    t.deepEqual(refusals(preview), [])
    await t.throwsAsync(carriedOut(preview, cluster), {
      instanceOf: SlipwayError,
      message: /preview/,
    })

    await git('remote', 'set-url', 'origin', 'https://git.example.com/team/copy.git')
    t.deepEqual(refusals(await planned(project, cluster, { remove: 'all' })), ['guard'])
    await remove('endpoints/rag.yaml')
    await commit('rag leaves')
    t.deepEqual(refusals(await planned(project, cluster)), ['guard'])
    const moved = await planned(project, cluster, {
      remove: 'all',
      options: { repositoryMoved: true },
    })
    t.deepEqual(refusals(moved), [])

    const { project: loaded, provenance } = await load(project)
    const status = await readStatus({ cluster, project: loaded, git: provenance.info })
    t.deepEqual(
      status.endpoints.map(({ endpoint, inGit }) => [endpoint, inGit]),
      [
        ['chat', true],
        ['rag', false],
      ],
    )
    t.is(status.lastRevision?.commit, second)
    t.deepEqual(
      (await readRevisions(cluster, loaded.set)).map(({ result }) => result),
      ['succeeded'],
    )
  },
)

type Wanted = Partial<Omit<PlanRequest, 'cluster'>> & { revision?: string }

async function load({ directory }: DeployedProject, revision?: string) {
  return loadWithProvenance({ directory, choice: {}, actor: 'ada@laptop', revision })
}

async function planned(
  project: DeployedProject,
  cluster: Cluster,
  { revision, ...wanted }: Wanted = {},
): Promise<Plan> {
  const { project: loaded, provenance } = await load(project, revision)
  return planSet({ ...loaded, provenance, cluster, ...wanted })
}

async function carriedOut(plan: Plan, cluster: Cluster): Promise<ApplyOutcome> {
  return applyPlan({
    plan,
    replan: async () => plan,
    cluster,
    options: { wait: false },
    onEvent: () => {},
    signal: new AbortController().signal,
  })
}

async function applied(
  t: ExecutionContext,
  { project, cluster }: { project: DeployedProject; cluster: Cluster },
): Promise<ApplyOutcome> {
  const plan = await planned(project, cluster)
  t.deepEqual(refusals(plan), [])
  return carriedOut(plan, cluster)
}

const refusals = ({ problems }: Plan) =>
  problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)
