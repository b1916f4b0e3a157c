import { readFileSync, rmSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { servePods, type Sandbox } from '../../src/sandbox/index.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { anHttpServer, json } from '../support/http-server.ts'
import { runGitlabJob } from '../support/gitlab.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { checkOut, openHub, readWorkflow, scriptsRun } from '../support/workflow.ts'

/** A version goes from one environment to another by what the record and the cluster prove, with two namespaces of the real API server. */

const { serial } = sandboxTest()

const DIGEST = `sha256:${'ab'.repeat(32)}`

const project = (namespace: string) => `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: { name: test }
spec:
  environments:
    test:
      namespace: ${namespace}
      createNamespace: true
      overlay:
        - match: { name: chat }
          image: registry.example.com/chat:v2 # the candidate
          env: { MAX_LEN: '8192' }
    next:
      namespace: ${namespace}-next
      createNamespace: true
      overlay:
        - match: { name: chat }
          image: registry.example.com/chat:v1 # since June
          replicas: 2
`

const CHAT = `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: { name: chat }
spec:
  resources: { cpu: 100m, memory: 128Mi }
`

const TO_NEXT = ['--from', 'test', '--to', 'next']

async function twoEnvironments(t: ExecutionContext<{ sandbox: Sandbox }>) {
  const deployed = await deployedProject(t, { chat: '' })
  const { namespace, write, commit, kubectl } = deployed
  const next = `${namespace}-next`
  t.teardown(() => kubectl('delete', 'namespace', next, '--ignore-not-found', '--wait=false'))
  const server = await anHttpServer(t as never, { 'GET /health': json({}) })
  await write('slipway.yaml', project(namespace))
  await write('endpoints/chat.yaml', CHAT)
  await commit('chat v2 for test')
  /** As a node says it that has pulled the image. */
  const pulled = async (digest = DIGEST) => {
    const names = await kubectl('get', 'pods', '-n', namespace, '-o', 'name')
    for (const name of names.split('\n').filter(Boolean)) {
      const path = [
        {
          op: 'add',
          path: '/status/containerStatuses/0/imageID',
          value: `registry.example.com/chat@${digest}`,
        },
      ]
      // oxlint-disable-next-line no-await-in-loop
      await kubectl(
        'patch',
        name,
        '-n',
        namespace,
        '--subresource=status',
        '--type=json',
        '-p',
        JSON.stringify(path),
      )
    }
  }
  await servePods(t.context.sandbox, { port: server.port, namespace })
  return { ...deployed, next, pulled }
}

serial(
  'G2 · a version is promoted when it was applied, is ready, was asked and has soaked',
  async t => {
    const { expect, edit, git, commit, kubectl, namespace, next, pulled, write } =
      await twoEnvironments(t)
    const refused = async (message: RegExp, ...args: string[]) => {
      const { stderr } = await expect(1, 'promote', 'chat', ...TO_NEXT, '--yes', ...args)
      t.regex(stderr, message)
    }
    await refused(/chat is not promoted from test: no apply of it is on record/)
    await expect(0, 'apply', '-e', 'next', '--yes')
    await expect(0, 'apply', '-e', 'test', '--yes')
    await refused(/was applied without a smoke test\n[^]*do not say the digest of their image/)
    await expect(0, 'apply', '-e', 'test', '--yes', '--smoke')
    await pulled()
    await refused(/has been unchanged for \d+s, and --min-soak asks for 2h/, '--min-soak', '2h')
    await kubectl('set', 'env', 'deployment/chat', 'DEBUG=1', '-n', namespace)
    await kubectl(
      'set',
      'image',
      'deployment/chat',
      '*=registry.example.com/chat:v9',
      '-n',
      namespace,
    )
    await kubectl('rollout', 'status', 'deployment/chat', '-n', namespace, '--timeout=120s')
    await refused(/not as the applied commit says: Deployment chat/)
    await expect(0, 'apply', '-e', 'test', '--yes', '--smoke', '--force-conflicts', '--take-fields')
    await pulled()

    // Git goes on; what was applied is promoted.
    await edit('slipway.yaml', 'chat:v2 # the candidate', 'chat:v3 # the candidate')
    await commit('chat v3 for test')
    const before = await git('rev-parse', 'HEAD')
    const look = await expect(0, 'promote', '--all', ...TO_NEXT, '--dry-run')
    t.regex(
      look.stdout,
      /^chat, from test to next:\n {2}image: registry\.example\.com\/chat:v2@sha256:ab/,
    )
    t.regex(
      look.stdout,
      /applied to test as \w{7} \(chat v2 for test\) by .*smoke test passed at \d{4}/,
    )
    t.regex(look.stdout, /update chat: image v1 → v2/)
    t.is(await git('rev-parse', 'HEAD'), before)

    await expect(0, 'promote', 'chat', ...TO_NEXT, '--yes')
    const diff = await git('show', '--format=%B', '-U0', 'HEAD')
    t.regex(diff, /^Promote chat from test to next\n\nchat:\n {2}image: registry/)
    t.regex(diff, /^\+ {10}image: registry\.example\.com\/chat:v2@sha256:(?:ab){32} # since June$/m)
    t.regex(diff, /^\+ {10}env: \{ MAX_LEN: "8192" \}$/m)
    t.is(await git('diff', '--name-only', 'HEAD~1'), 'slipway.yaml')
    await expect(0, 'apply', '-e', 'next', '--yes')
    const image = await kubectl(
      'get',
      'deployment',
      'chat',
      '-n',
      next,
      '-o',
      'jsonpath={.spec.template.spec.containers[0].image}',
    )
    t.is(image, `registry.example.com/chat:v2@${DIGEST}`)
    t.is(
      await kubectl('get', 'deployment', 'chat', '-n', next, '-o', 'jsonpath={.spec.replicas}'),
      '2',
    )
    const again = await expect(0, 'promote', 'chat', ...TO_NEXT, '--yes')
    t.regex(again.stdout, /^Nothing to promote: next already runs what is good in test\.$/m)

    await write('endpoints/chat.yaml', `${CHAT}  image: registry.example.com/chat:v0\n`)
    await edit('slipway.yaml', `chat:v2@${DIGEST} # since`, 'chat:v1 # since')
    await commit('the image in the file')
    const vain = await expect(1, 'promote', 'chat', ...TO_NEXT, '--yes')
    t.regex(vain.stderr, /endpoints\/chat\.yaml:6:3 takes precedence over slipway\.yaml:\d+:11/)
  },
)

serial('G2 · the workflow opens one pull request, with the evidence', async t => {
  const { expect, git, pulled } = await twoEnvironments(t)
  const home = mkdtempSync(join(tmpdir(), 'slipway-remote-'))
  const remote = join(home, 'models.git')
  const hub = openHub()
  const folders = [home]
  t.teardown(() => {
    hub.dispose()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })
  await git('init', '--quiet', '--bare', '--initial-branch=main', remote)
  await git('remote', 'add', 'origin', remote)
  await git('push', '--quiet', '--set-upstream', 'origin', 'main')
  await expect(0, 'apply', '-e', 'test', '--yes', '--smoke')
  await pulled()
  const context = {
    'inputs.from || vars.SLIPWAY_PROMOTE_FROM': 'test',
    'inputs.to || vars.SLIPWAY_PROMOTE_TO': 'next',
    'inputs.endpoints': '',
    "inputs.min-soak || vars.SLIPWAY_PROMOTE_SOAK || '2h'": '0s',
    'github.token': 'token',
    'secrets.KUBECONFIG': readFileSync(t.context.sandbox.kubeconfig, 'utf8'),
  }
  for (const round of ['first', 'second']) {
    const directory = checkOut(remote, 'main')
    folders.push(directory)
    // oxlint-disable-next-line no-await-in-loop
    const { code, steps, summary } = await hub.run({
      workflow: 'promote',
      job: 'promote',
      directory,
      context,
    })
    t.is(code, 0, `${round}: ${JSON.stringify(steps)}`)
    t.regex(summary, /Promotes chat from test to next/)
    t.regex(
      steps['Promote']?.stdout ?? '',
      /^https:\/\/github\.example\.com\/team\/models\/pull\/8$/m,
    )
  }
  const scripts = readWorkflow('promote').jobs['promote']?.steps.flatMap(({ run }) => run ?? [])
  t.true((scripts?.length ?? 0) > 1)
  t.true(scripts?.every(script => scriptsRun.has(script)))
  const opened = (hub.read('pulls') ?? '').trimEnd().split('\n')
  t.is(opened.length, 1)
  t.regex(
    opened[0] ?? '',
    /^slipway\/promote-chat-to-next-\w{7} → main: Promote chat from test to next$/,
  )

  // GitLab's has no branch of a name that it knows, and pushes one with options.
  await git('-C', remote, 'config', 'receive.advertisePushOptions', 'true')
  for (const round of ['first', 'second']) {
    const directory = checkOut(remote, 'main')
    folders.push(directory)
    const variables = {
      KUBECONFIG_FILE: t.context.sandbox.kubeconfig,
      PROMOTE_FROM: 'test',
      PROMOTE_TO: 'next',
      PROMOTE_SOAK: '0s',
      CI_COMMIT_SHA: await git('rev-parse', 'origin/main'),
      CI_DEFAULT_BRANCH: 'main',
      CI_SERVER_HOST: 'gitlab.example.com',
      CI_SERVER_PROTOCOL: 'https',
      CI_SERVER_URL: `file://${home}`,
      CI_PROJECT_PATH: 'models',
      SLIPWAY_PUSH_TOKEN: 'a-token',
    }
    // oxlint-disable-next-line no-await-in-loop
    const { code, stdout, stderr } = await runGitlabJob({ job: 'promote', directory, variables })
    t.is(code, 0, `${round}: ${stderr}`)
    t.false(`${stdout}${stderr}`.includes('a-token'))
  }
  const branches = await git('ls-remote', remote, 'refs/heads/slipway/promote-to-next-*')
  t.is(branches.split('\n').length, 1, branches)
  const [hash = ''] = branches.split('\t')
  await git('fetch', '--quiet', remote, hash)
  t.regex(await git('show', hash), /Promote chat from test to next[^]*applied to test as/)
})
