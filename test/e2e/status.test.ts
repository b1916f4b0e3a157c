import { asDocumented } from '../support/documented.ts'
import type { ShownEndpoint } from '../../src/overview/index.ts'
import { deployedProject, type DeployedProject } from '../support/deployed-project.ts'
import { kserveProject } from '../support/kserve-project.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** One line for each endpoint: what serves, which revision, and whether it is as git says. */

const { serial, kserve } = sandboxTest()

serial('R13 · status tells what drifted from what git has and the cluster has not', async t => {
  const project = await deployedProject(t, { chat: '  replicas: 1\n', search: '' })
  const { expect, edit, commit, kubectl, namespace, git } = project
  await expect(0, 'apply', '--yes')
  const first = await git('rev-parse', 'HEAD')
  t.regex((await expect(0, 'status')).stdout, new RegExp(`chat .* ${first.slice(0, 7)} +synced`))

  await kubectl('scale', 'deployment/chat', '--replicas=2', '-n', namespace)
  await kubectl('wait', '--for=jsonpath={.status.readyReplicas}=2', 'deploy/chat', '-n', namespace)
  await kubectl('delete', 'service/search-svc', '-n', namespace)
  const { stdout } = await expect(1, 'status')
  t.regex(stdout, /chat .* drifted .* ready/)
  t.regex(stdout, /chat: differs from git.*\n +Deployment\/.*\/chat\n +spec\.replicas: 2 → 1\n/)
  t.regex(stdout, /^ +spec\.replicas is held by the field manager "kubectl": live 2, in git 1$/m)
  t.regex(stdout, /search: differs from git.*\n +Service\/.*\/search-svc: not in the cluster\n/)

  await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  t.is((await endpointsOf(project, 1))['chat']?.sync, 'differs', 'not committed yet')
  const second = await commit('chat v2')
  t.regex((await expect(1, 'status')).stdout, new RegExp(`^git: ${second.slice(0, 7)}$`, 'm'))
  await expect(0, 'apply', '--yes', 'chat', '--force-conflicts')
  const { chat, search } = await endpointsOf(project, 1)
  t.like(chat, { sync: 'synced', revision: { commit: second, dirty: false } })
  t.like(search, { sync: 'differs', revision: { commit: first }, state: 'absent' })
  t.regex((await expect(1, 'status', '-o', 'wide')).stdout, /registry\.example\.com\/chat:v2 /)
  await expect(0, 'apply', '--yes')
  t.like((await endpointsOf(project, 0))['search'], {
    sync: 'synced',
    revision: { commit: second },
  })
})

serial('R13 · what only the cluster has is no longer in git', async t => {
  const project = await deployedProject(t, { chat: '', search: '' })
  await project.expect(0, 'apply', '--yes')
  await project.remove('endpoints/search.yaml')
  const { search } = await endpointsOf(project, 0)
  t.like(search, { inGit: false, sync: 'differs', state: 'ready' })
  t.deepEqual(
    search?.deviations.map(({ reason }) => reason),
    ['no longer rendered', 'no longer rendered'],
  )
})

kserve('R13, K9 · an InferenceService is compared with git, too', async t => {
  const project = await kserveProject(t, { chat: '  scaling: {min: 1, max: 3, cpu: 70}\n' })
  const { commit, expect, kubectl, namespace } = project
  await commit('chat')
  await expect(0, 'apply', '--yes')
  t.is((await endpointsOf(project, 0))['chat']?.sync, 'synced')
  const patch = '{"spec":{"predictor":{"minReplicas":2}}}'
  await kubectl('patch', 'isvc/chat', '-n', namespace, '--type=merge', '-p', patch)
  const { chat } = await endpointsOf(project)
  t.is(chat?.sync, 'drifted')
  t.regex(JSON.stringify(chat?.deviations), /"spec\.predictor\.minReplicas","before":2/)
})

/** By name; what was printed is what the schema says. */
async function endpointsOf(
  { expect, slipway }: DeployedProject,
  code?: number,
): Promise<Record<string, ShownEndpoint>> {
  const args = ['status', '-o', 'json']
  const { stdout } = await (code === undefined ? slipway(...args) : expect(code, ...args))
  const { endpoints } = asDocumented('Status', JSON.parse(stdout)) as { endpoints: ShownEndpoint[] }
  return Object.fromEntries(endpoints.map(each => [each.endpoint, each]))
}

serial(
  'R13 · several environments: applied in order, shown as one table and one document',
  async t => {
    const project = await deployedProject(t, { chat: '' })
    const { expect, edit, commit, namespace } = project
    const two = `staging: {namespace: ${namespace}}\n    live: {namespace: ${namespace}}\n    test: {`
    await edit('slipway.yaml', 'test: {', two)
    await edit('slipway.yaml', 'createNamespace: true', 'pipeline: false, createNamespace: true')
    await edit('endpoints/chat.yaml', 'resources:', 'nope: 1\n  resources:')
    await commit('Broken')
    const broken = await expect(1, 'apply', '--yes', '--all-environments')
    t.regex(broken.stderr, /Not started after staging: live\./)
    await edit('endpoints/chat.yaml', 'nope: 1\n  ', '')
    const commitHash = await commit('Whole')
    await project.kubectl('create', 'namespace', namespace)
    // Two environments in one namespace: the second claims what the first has, which is refused.
    const applied = await expect(
      2,
      'apply',
      '--yes',
      '--all-environments',
      '--through',
      '-o',
      'json',
    )
    const { items } = JSON.parse(applied.stdout) as {
      items: { environment: string; result: string }[]
    }
    t.like(items[0], { environment: 'staging', result: 'succeeded' })

    const { stdout } = await expect(1, 'status', '--all-environments', '-o', 'json')
    const fleet = JSON.parse(stdout) as Fleet
    t.deepEqual(asDocumented('FleetStatus', fleet), fleet)
    t.deepEqual(
      fleet.environments.map(each => [
        each.environment,
        each.status?.endpoints[0]?.revision?.commit,
      ]),
      [
        ['staging', commitHash],
        ['live', undefined],
      ],
    )
    t.regex(
      (await expect(1, 'status', '-e', 'staging,live')).stdout,
      /^✓ +staging +chat .*\n- +live +chat /m,
    )
    t.regex(
      (await expect(0, 'status', '-e', 'staging', '-o', 'html')).stdout,
      /<th scope="col">staging/,
    )
  },
)

interface Fleet {
  environments: { environment: string; status?: { endpoints: ShownEndpoint[] } }[]
}
