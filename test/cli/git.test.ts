import test from 'ava'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ScratchProject } from '../support/project.ts'
import { endpointFile, shop } from './scratch.ts'

async function committedShop(env: Record<string, string> = {}): Promise<ScratchProject> {
  const project = await shop(env)
  await project.commit('first')
  return project
}

test('diff --against shows what a change means, with no cluster', async t => {
  const project = await committedShop()
  t.teardown(project.dispose)
  await project.edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  const { code, stdout, stderr } = await project.slipway('diff', '-e', 'dev', '--against', 'HEAD')
  t.is(stderr, '')
  t.is(code, 0)
  t.is(
    stdout,
    [
      '~ update chat: image v1 → v2; restarts 1 pod; downtime: no, because rolling update with maxUnavailable 0',
      '    ~ Deployment/llm-ops/chat',
      '          spec.template.spec.containers[name=server].image: registry.example.com/chat:v1 → registry.example.com/chat:v2',
      '',
      'Differences in 1 object of 1 endpoint: restarts pods of 1 endpoint; no downtime.',
      'Uncommitted: endpoints/chat.yaml.',
      '',
    ].join('\n'),
  )
})

test('K8 · diff --against shows a runtime switch as one', async t => {
  const project = await committedShop()
  t.teardown(project.dispose)
  await project.write('endpoints/chat.yaml', endpointFile('chat', '  runtime: kserve\n'))
  const { stdout } = await project.slipway('diff', '-e', 'dev', '--against', 'HEAD')
  t.regex(
    stdout,
    /^-\/\+ switch chat: Deployment → InferenceService; restarts 1 pod; downtime: yes, because Deployment is deleted/,
  )
  t.regex(stdout, /^ {4}- Deployment\/llm-ops\/chat$/m)
  t.regex(stdout, /^ {4}\+ InferenceService\/llm-ops\/chat$/m)
})

test('diff --against --exit-code tells whether there are differences', async t => {
  const project = await committedShop()
  t.teardown(project.dispose)
  const diff = (...args: string[]) =>
    project.slipway('diff', '-e', 'dev', '--against', 'HEAD', '--exit-code', ...args)
  const same = await diff()
  t.is(same.code, 0)
  t.is(same.stdout, 'No differences.\n')
  await project.edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  t.is((await diff()).code, 1)
  t.is((await diff('rag')).code, 0)
  t.is((await diff('nope')).code, 2)
})

test('diff --against as Markdown and as JSON; the page of the run in GitHub Actions', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-summary-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const summary = join(folder, 'summary.md')
  const project = await committedShop({ GITHUB_STEP_SUMMARY: summary })
  t.teardown(project.dispose)
  await project.remove('endpoints/rag.yaml')
  const diff = (output: string) =>
    project.slipway('diff', '-e', 'dev', '--against', 'HEAD', '-o', output)
  const { stdout: markdown } = await diff('markdown')
  t.true(markdown.startsWith('<!-- slipway:diff:dev -->\n'))
  t.regex(markdown, /<summary><code>-<\/code> delete <b>rag<\/b>/)
  t.is(await readFile(summary, 'utf8'), `${markdown}\n`)
  const { stdout: json } = await diff('json')
  t.like(JSON.parse(json), {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'Comparison',
    against: 'HEAD',
    endpoints: [
      { endpoint: 'rag', verb: 'delete', actions: [{ type: 'prune' }, { type: 'prune' }] },
    ],
  })
})

test('diff --against a revision that cannot be loaded says so', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  await project.write('endpoints/chat.yaml', endpointFile('chat', '  prot: 1\n'))
  await project.commit('broken')
  await project.write('endpoints/chat.yaml', endpointFile('chat'))
  const { code, stdout } = await project.slipway('diff', '-e', 'dev', '--against', 'HEAD')
  t.is(code, 0)
  t.regex(stdout, /^warning: at HEAD: endpoints\/chat\.yaml:7: .*prot/)
  t.regex(stdout, /^HEAD is not valid, so nothing can be compared with it$/m)
})

test('diff --against an unknown revision, and outside git', async t => {
  const project = await committedShop()
  t.teardown(project.dispose)
  const unknown = await project.slipway('diff', '-e', 'dev', '--against', 'nope')
  t.is(unknown.code, 2)
  t.regex(unknown.stderr, /^error: .*"nope"/)
  await rm(join(project.directory, '.git'), { recursive: true })
  const outside = await project.slipway('diff', '-e', 'dev', '--against', 'HEAD')
  t.is(outside.code, 2)
  t.regex(outside.stderr, /^error: .*git repository/i)
})

async function changedShop(): Promise<ScratchProject> {
  const project = await committedShop()
  await project.edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  await project.commit('chat v2')
  return project
}

test('R6 · rollback shows what it takes back and makes a commit that git revert would', async t => {
  const project = await changedShop()
  t.teardown(project.dispose)
  const before = await project.git('rev-parse', 'HEAD')
  const { code, stdout, stderr } = await project.slipway(
    'rollback',
    '-e',
    'dev',
    '--to',
    'HEAD~1',
    '--yes',
    '--other-environments',
  )
  t.is(code, 0, stderr)
  t.regex(stdout, /^Back to \w{7} \(first\), which takes back:\n {2}\w{7} chat v2, Test/)
  t.regex(stdout, /^~ update chat: image v2 → v1; restarts 1 pod; downtime: no, /m)
  t.regex(stderr, /^committed \w{7} Roll back to \w{7}$/m)
  t.is(await project.git('rev-parse', 'HEAD~1'), before)
  t.is(await project.git('diff', 'HEAD', 'HEAD~2'), '')
  t.true((await project.git('log', '-1', '--format=%B')).includes(`This reverts commit ${before}.`))
})

test('R6 · rollback --dry-run and a rollback that nobody can confirm change nothing', async t => {
  const project = await changedShop()
  t.teardown(project.dispose)
  const before = await project.git('rev-parse', 'HEAD')
  const look = await project.slipway('rollback', '-e', 'dev', '--to', 'HEAD~1', '--dry-run')
  t.is(look.code, 0)
  const refused = await project.slipway('rollback', '-e', 'dev', '--to', 'HEAD~1')
  t.is(refused.code, 2)
  t.regex(refused.stderr, /--yes is not given/)
  t.is(await project.git('rev-parse', 'HEAD'), before)
  t.is(await project.git('status', '--porcelain'), '')
})

test('R6 · rollback from a broken project, which is what it is for', async t => {
  const project = await committedShop()
  t.teardown(project.dispose)
  await project.write('endpoints/chat.yaml', 'kind: [')
  await project.commit('broken')
  const { code, stderr } = await project.slipway(
    'rollback',
    '-e',
    'dev',
    '--to',
    'HEAD~1',
    '--yes',
    '--other-environments',
  )
  t.is(code, 0, stderr)
  t.is((await project.slipway('validate')).code, 0)
})

test('R6 · rollback does not touch uncommitted work', async t => {
  const project = await changedShop()
  t.teardown(project.dispose)
  await project.edit('endpoints/chat.yaml', 'chat:v2', 'chat:v3')
  const { code, stderr } = await project.slipway(
    'rollback',
    '-e',
    'dev',
    '--to',
    'HEAD~1',
    '--yes',
    '--other-environments',
  )
  t.is(code, 2)
  t.regex(stderr, /^error: /)
  t.regex(await readFile(join(project.directory, 'endpoints/chat.yaml'), 'utf8'), /chat:v3/)
})

test('R6 · a rollback to what is there already', async t => {
  const project = await committedShop()
  t.teardown(project.dispose)
  const { code, stderr } = await project.slipway(
    'rollback',
    '-e',
    'dev',
    '--to',
    'HEAD',
    '--yes',
    '--other-environments',
  )
  t.is(code, 1)
  t.is(stderr, 'error: the project is already as it was at HEAD\n')
})

test('R6 · rollback --push pushes the commit', async t => {
  const project = await changedShop()
  t.teardown(project.dispose)
  const remote = await mkdtemp(join(tmpdir(), 'slipway-remote-'))
  t.teardown(() => rm(remote, { recursive: true }))
  await project.git('init', '--quiet', '--bare', remote)
  await project.git('remote', 'add', 'origin', remote)
  await project.git('push', '--quiet', '--set-upstream', 'origin', 'main')
  const args = [
    'rollback',
    '-e',
    'dev',
    '--to',
    'HEAD~1',
    '--push',
    '--yes',
    '--other-environments',
  ]
  const { code, stderr } = await project.slipway(...args)
  t.is(code, 0, stderr)
  t.regex(stderr, /^pushed to origin\/main$/m)
  t.is(await project.git('rev-parse', 'origin/main'), await project.git('rev-parse', 'HEAD'))
})

test('R6 · rollback --push on a detached HEAD is refused before a commit is made', async t => {
  const project = await changedShop()
  t.teardown(project.dispose)
  await project.git('checkout', '--quiet', '--detach')
  const before = await project.git('rev-parse', 'HEAD')
  const args = [
    'rollback',
    '-e',
    'dev',
    '--to',
    'HEAD~1',
    '--push',
    '--yes',
    '--other-environments',
  ]
  const { code, stderr } = await project.slipway(...args)
  t.is(code, 2)
  t.regex(stderr, /no branch is checked out here/)
  t.is(await project.git('rev-parse', 'HEAD'), before)
})
