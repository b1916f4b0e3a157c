import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { asDocumented } from '../support/documented.ts'
import { servePods, type Sandbox } from '../../src/sandbox/index.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { anHttpServer, json } from '../support/http-server.ts'
import type { Kubectl } from '../support/kubectl.ts'
import { sandboxTest } from '../support/sandbox.ts'
import {
  actionSteps,
  checkOut,
  openHub,
  readWorkflow,
  scriptsRun,
  WORKFLOWS,
  type JobResult,
} from '../support/workflow.ts'

/** A team's week with a remote repository: every step of the workflows is run as it is written. */

const { serial } = sandboxTest()

const TROUBLE = `  patches:
    - target: {kind: Deployment}
      merge: {spec: {template: {metadata: {labels: {sandbox.slipway.dev/trouble: image-pull}}}}}
`

async function aTeam(t: ExecutionContext<{ sandbox: Sandbox }>) {
  const project = await deployedProject(t, { chat: '', rag: '' })
  const { git, namespace } = project
  const server = await anHttpServer(t as never, { 'GET /health': json({}) })
  await servePods(t.context.sandbox, { port: server.port, namespace })
  const remote = mkdtempSync(join(tmpdir(), 'slipway-remote-'))
  const hub = openHub()
  const folders = [remote]
  t.teardown(() => {
    hub.dispose()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })
  await git('init', '--quiet', '--bare', '--initial-branch=main', remote)
  await git('remote', 'add', 'origin', remote)
  await git('push', '--quiet', '--set-upstream', 'origin', 'main')
  const context = {
    'matrix.environment': 'test',
    'inputs.environment': 'test',
    'inputs.to': '',
    'inputs.endpoint': '',
    'inputs.commit': '',
    'inputs.push': 'true',
    'github.event.pull_request.number': '1',
    'github.event.pull_request.base.sha': 'b'.repeat(40),
    'github.event.pull_request.head.sha': 'c'.repeat(40),
    'github.token': 'token',
    'github.repository': 'team/models',
    'github.ref_name': 'main',
    'secrets.KUBECONFIG': readFileSync(t.context.sandbox.kubeconfig, 'utf8'),
  }
  const run = async (workflow: string, job: string, { ref = 'main', depth = 0 } = {}) => {
    // For each job anew: how many a week has is no matter of time.
    t.timeout(170_000)
    const directory = checkOut(remote, ref, depth || undefined)
    folders.push(directory)
    return hub.run({ workflow, job, directory, context })
  }
  const succeed = async (...args: Parameters<typeof run>) => {
    const result = await run(...args)
    t.is(result.code, 0, logOf(result))
    return result
  }
  /** A branch, its pull request and, unless it is only looked at, the merge. */
  const merge = async (branch: string, change: () => Promise<void>) => {
    await git('switch', '--quiet', '--create', branch)
    await change()
    await project.commit(branch)
    await git('switch', '--quiet', 'main')
    await git('merge', '--quiet', '--no-ff', '--message', `Merge ${branch}`, branch)
    await git('push', '--quiet', 'origin', 'main')
    return git('rev-parse', 'HEAD')
  }
  return { ...project, hub, remote, run, succeed, merge }
}

function logOf({ steps }: JobResult): string {
  return Object.entries(steps)
    .map(([name, { code, stdout, stderr }]) => `${name}: ${code}\n${stdout}${stderr}`)
    .join('\n')
}

/** What an apply decides about, without what every write counts up. */
async function objectsOf(kubectl: Kubectl, namespace: string) {
  const items = await kubectl.list('deployments,services,poddisruptionbudgets', namespace)
  return items.map(({ kind, metadata, ...rest }) => {
    const { name, labels } = metadata
    return { kind, name, labels, spec: rest['spec'] }
  })
}

serial(
  'R5, R6, K3 · a team’s week: preview, merge, apply, a bad change, its diagnosis, rollback',
  async t => {
    const { git, edit, write, hub, succeed, run, merge, kubectl, namespace, commit } =
      await aTeam(t)
    const listed = await succeed('apply', 'environments')
    t.deepEqual(listed.outputs, { names: '["test"]' })
    await succeed('apply', 'apply')

    // Monday: a pull request, at first with a mistake. GitHub gives its merge with the base.
    const offer = async (message: string) => {
      await commit(message)
      await git('switch', '--quiet', '--detach', 'main')
      await git('merge', '--quiet', '--no-ff', '--message', 'Merge 1', 'chat-v2')
      await git('push', '--quiet', '--force', 'origin', 'HEAD:refs/pull/1/merge')
    }
    await git('switch', '--quiet', '--create', 'chat-v2')
    await edit('endpoints/chat.yaml', 'image:', 'imgae:')
    await offer('chat v2')
    const invalid = await run('preview', 'render', { ref: 'refs/pull/1/merge', depth: 2 })
    t.is(invalid.code, 1, logOf(invalid))
    t.regex(logOf(invalid), /^::error file=endpoints\/chat\.yaml,line=\d+,col=\d+,/m)
    t.regex(invalid.summary, /invalid: \d error/)
    await succeed('preview', 'comment')
    t.regex(
      hub.read('comment.md') ?? '',
      /^<!-- slipway:diff:test -->\n[^]*❌ `endpoints\/chat.yaml:/,
    )
    await git('switch', '--quiet', 'chat-v2')
    await edit('endpoints/chat.yaml', 'imgae:', 'image:')
    await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
    await offer('chat v2, right')
    await succeed('preview', 'environments', { ref: 'refs/pull/1/merge', depth: 2 })
    const preview = await succeed('preview', 'render', { ref: 'refs/pull/1/merge', depth: 2 })
    t.regex(preview.summary, /1 endpoint changed since HEAD\^1\.\.HEAD/)
    await succeed('preview', 'comment')
    const comment = hub.read('comment.md') ?? ''
    t.true(comment.startsWith('<!-- slipway:diff:test -->\n'))
    t.regex(comment, /update <b>chat<\/b>: image v1 → v2; <b>restarts 1 pod/)
    t.notRegex(comment, /<b>rag/)
    const compared: unknown = JSON.parse(hub.read('artifacts/preview-test/diff.json') ?? '')
    t.deepEqual(asDocumented('Comparison', compared), compared)
    t.regex(hub.read('artifacts/preview-test/diff.html') ?? '', /^<!doctype html>/)
    t.regex(hub.read(`artifacts/preview-test/manifests/${namespace}.chat.yaml`) ?? '', /chat:v2/)
    await succeed('preview', 'comment')
    t.is(hub.read('comments'), 'POST\nPATCH\nPATCH\n')
    const planned = await succeed('preview', 'cluster', { ref: 'refs/pull/1/merge' })
    t.regex(planned.summary, /image v1 → v2/)

    // Tuesday: merged and applied.
    await git('switch', '--quiet', 'main')
    await git('merge', '--quiet', '--no-ff', '--message', 'Merge chat-v2', 'chat-v2')
    await git('push', '--quiet', 'origin', 'main')
    const applied = await succeed('apply', 'apply')
    t.regex(applied.summary, /Applied \w{7} to test/)
    const good = await objectsOf(kubectl, namespace)

    // Wednesday: a change that cannot work.
    const text = await git('show', 'HEAD:endpoints/chat.yaml')
    await merge('bad', () =>
      write('endpoints/chat.yaml', `${text.replace('chat:v2', 'chat:v3')}\n${TROUBLE}`),
    )
    const start = Date.now()
    const failed = await run('apply', 'apply')
    t.is(failed.code, 1, logOf(failed))
    t.true(Date.now() - start < 120_000, 'long before the deadline')
    t.regex(failed.summary, /### Failed to apply \w{7} to test/)
    t.regex(failed.summary, /❌ .*image/)
    const outcome: unknown = JSON.parse(hub.read('artifacts/outcome-test/outcome.json') ?? '')
    t.deepEqual(asDocumented('ApplyOutcome', outcome), outcome)
    t.regex(JSON.stringify(outcome), /"diagnosis"/)
    t.regex(hub.read('artifacts/outcome-test/diagnostics/chat/diagnosis.txt') ?? '', /image/)

    // Back, by hand in the browser.
    const back = await succeed('rollback', 'rollback')
    t.regex(back.summary, /Back to \w{7} \(Merge chat-v2\)/)
    t.is(hub.read('started'), 'workflow run apply.yml --repo team/models --ref main\n')
    await git('pull', '--quiet', '--ff-only', 'origin', 'main')
    t.regex(await git('log', '-1', '--format=%s'), /^Roll back to \w{7}$/)
    await succeed('apply', 'apply')
    t.deepEqual(await objectsOf(kubectl, namespace), good)
  },
)

serial(
  'D3, R1 · two merges applied out of order do not go backwards; drift opens an issue and closes it',
  async t => {
    const { edit, hub, run, succeed, merge, kubectl, namespace } = await aTeam(t)
    const first = await merge('two', () => edit('endpoints/rag.yaml', 'rag:v1', 'rag:v2'))
    const second = await merge('three', () => edit('endpoints/rag.yaml', 'rag:v2', 'rag:v3'))
    await succeed('apply', 'apply', { ref: second })
    const late = await run('apply', 'apply', { ref: first })
    t.is(late.code, 2, logOf(late))
    t.regex(logOf(late), /is older than \w{7}, which was applied last/)
    const image = 'jsonpath={.spec.template.spec.containers[0].image}'
    t.regex(await kubectl('get', 'deployment', 'rag', '-n', namespace, '-o', image), /rag:v3$/)

    await merge('four', () => edit('endpoints/rag.yaml', 'rag:v3', 'rag:v4'))
    const shallow = await succeed('apply', 'apply', { depth: 1 })
    t.regex(logOf(shallow), /warning: this clone cannot tell whether \w{7} is older than/)

    await succeed('drift', 'drift')
    t.is(hub.read('issues'), undefined)
    await kubectl('delete', 'service', 'rag-svc', '-n', namespace)
    await succeed('drift', 'drift')
    t.regex(hub.read('issue.md') ?? '', /1 to create/)
    await succeed('drift', 'drift')
    t.is(hub.read('issues'), 'create\nedit 3\n')
    await succeed('status', 'look')
    t.regex(hub.read('artifacts/github-pages') ?? '', /<!doctype html>[^]*rag[^]*drift/i)
    await succeed('apply', 'apply')
    await succeed('drift', 'drift')
    t.is(hub.read('issues'), 'create\nedit 3\nclose 3\n')
  },
)

serial('every step of every workflow was run above, as it is written', t => {
  // promote.yml needs two environments (test/e2e/promotion.test.ts), canary.yml no cluster (test/workflows/canary.test.ts).
  const elsewhere = ['promote.yml', 'canary.yml']
  const files = readdirSync(WORKFLOWS).filter(file => !elsewhere.includes(file))
  const workflows = files.map(file => readWorkflow(file.replace('.yml', '')))
  const jobs = workflows.flatMap(each => Object.values(each.jobs))
  const scripts = [...jobs.flatMap(({ steps }) => steps), ...actionSteps()].flatMap(
    ({ run }) => run ?? [],
  )
  t.true(scripts.length > 10)
  t.deepEqual(
    scripts.filter(script => !scriptsRun.has(script)),
    [],
  )
})
