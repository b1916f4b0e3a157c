import test, { type ExecutionContext } from 'ava'
import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ScratchProject } from '../support/project.ts'
import { endpointFile, shop } from './scratch.ts'

/** What goes back, and what stays. */

async function aShop(t: ExecutionContext, env: Record<string, string> = {}) {
  const project = await shop(env)
  t.teardown(project.dispose)
  await project.write('README.md', 'one\n')
  await project.commit('first')
  await project.edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  await project.edit('endpoints/rag.yaml', 'rag:v1', 'rag:v2')
  await project.write('README.md', 'two\n')
  await project.write('.github/workflows/apply.yml', 'name: apply\n')
  await project.commit('second')
  return project
}

async function aRemote(t: ExecutionContext, project: ScratchProject): Promise<string> {
  const remote = await mkdtemp(join(tmpdir(), 'slipway-remote-'))
  t.teardown(() => rm(remote, { recursive: true }))
  await project.git('init', '--quiet', '--bare', '--initial-branch=main', remote)
  await project.git('remote', 'add', 'origin', remote)
  await project.git('push', '--quiet', '--set-upstream', 'origin', 'main')
  return remote
}

const back = ['rollback', '-e', 'dev', '--to', 'HEAD~1', '--yes', '--other-environments']

test('R6 · a rollback leaves what is no part of the project alone, at the top of the repository, too', async t => {
  const project = await aShop(t)
  const { code, stdout, stderr } = await project.slipway(...back)
  t.is(code, 0, stderr)
  t.regex(stderr, /^next: slipway apply -e dev$/m)
  t.regex(stdout, /^Files: endpoints\/chat\.yaml, endpoints\/rag\.yaml$/m)
  const changed = await project.git('diff', '--name-only', 'HEAD~1')
  t.is(changed, 'endpoints/chat.yaml\nendpoints/rag.yaml')
  t.is(await readFile(join(project.directory, 'README.md'), 'utf8'), 'two\n')
})

test('R6 · a rollback follows slipway.yaml to the folder and catalogues that either side names', async t => {
  const project = await aShop(t)
  await project.git('mv', 'endpoints', 'serving')
  await project.edit('slipway.yaml', 'spec:\n', 'spec:\n  endpoints: serving\n')
  await project.commit('moved')
  const { code, stderr } = await project.slipway(...back)
  t.is(code, 0, stderr)
  t.is(await project.git('diff', 'HEAD', 'HEAD~2'), '')
  t.is(await project.git('ls-files', 'serving'), '')
})

test('R6 · rollback NAME takes back one endpoint only and shows just that', async t => {
  const project = await aShop(t)
  const { code, stdout, stderr } = await project.slipway(...back, 'chat')
  t.is(code, 0, stderr)
  t.regex(stdout, /^chat back to \w{7} \(first\)/)
  t.regex(stdout, /^~ update chat: image v2 → v1/m)
  t.notRegex(stdout, /rag/)
  t.is(await project.git('diff', '--name-only', 'HEAD~1'), 'endpoints/chat.yaml')
  t.regex(await project.git('log', '-1', '--format=%s'), /^Roll back chat to \w{7}$/)
  const again = await project.slipway(
    'rollback',
    '-e',
    'dev',
    '--to',
    'HEAD~2',
    '--yes',
    '--other-environments',
    'chat',
  )
  t.is(again.code, 1)
  t.regex(again.stderr, /chat is already as it was at HEAD~2/)
})

test('R6 · an endpoint that was deleted comes back, one that was added goes', async t => {
  const project = await aShop(t)
  await project.remove('endpoints/chat.yaml')
  await project.write('endpoints/new.yaml', endpointFile('new'))
  await project.commit('third')
  const restored = await project.slipway(...back, 'chat')
  t.regex(restored.stdout, /^\+ create chat/m)
  const removed = await project.slipway(
    'rollback',
    '-e',
    'dev',
    '--to',
    'HEAD~2',
    '--yes',
    '--other-environments',
    'new',
  )
  t.regex(removed.stdout, /^- delete new/m)
  t.is(await project.git('ls-files', 'endpoints'), 'endpoints/chat.yaml\nendpoints/rag.yaml')
})

test('R6 · an endpoint that shares its file cannot go back alone, nor one that nobody knows', async t => {
  const project = await aShop(t)
  const both = `${endpointFile('chat')}---\n${endpointFile('other')}`
  await project.write('endpoints/chat.yaml', both)
  const before = await project.commit('third')
  const { code, stderr } = await project.slipway(...back, 'chat')
  t.is(code, 2)
  t.regex(stderr, /^error: chat cannot go back alone: endpoints\/chat\.yaml holds other, too$/m)
  const unknown = await project.slipway(...back, 'caht')
  t.is(unknown.code, 2)
  t.regex(unknown.stderr, /there is no endpoint "caht"\n {2}do: Did you mean "chat"\?/)
  t.is(await project.git('rev-parse', 'HEAD'), before)
})

test('R6 · rollback over a merge takes it back as one step', async t => {
  const project = await aShop(t)
  await project.git('switch', '--quiet', '--create', 'topic')
  await project.edit('endpoints/chat.yaml', 'chat:v2', 'chat:v3')
  await project.commit('topic')
  await project.git('switch', '--quiet', 'main')
  await project.write('README.md', 'three\n')
  await project.commit('meanwhile')
  await project.git('merge', '--quiet', '--no-ff', '--message', 'Merge topic', 'topic')
  const { code, stdout } = await project.slipway(...back)
  t.is(code, 0)
  t.regex(stdout, /takes back:\n {2}\w{7} Merge topic, Test.*\nFiles/)
  t.regex(stdout, /image v3 → v2/)
  t.is(await readFile(join(project.directory, 'README.md'), 'utf8'), 'three\n')
})

test('R6 · rollback --pr commits on a branch of its own, pushes it and asks gh', async t => {
  const bin = await mkdtemp(join(tmpdir(), 'slipway-gh-'))
  t.teardown(() => rm(bin, { recursive: true }))
  const told = join(bin, 'told')
  const script = `#!/bin/sh\n[ "$1 $2" = 'pr create' ] && printf '%s\\n' "$@" > ${told} && echo https://github.example/pull/7\nexit 0\n`
  await writeFile(join(bin, 'gh'), script)
  await chmod(join(bin, 'gh'), 0o755)
  const project = await aShop(t, { PATH: `${bin}:${process.env['PATH']}` })
  const remote = await aRemote(t, project)
  const before = await project.git('rev-parse', 'HEAD')
  const { code, stdout, stderr } = await project.slipway(...back, '--pr')
  t.is(code, 0, stderr)
  t.true(stdout.endsWith('https://github.example/pull/7\n'))
  const branch = `slipway/rollback-${before.slice(0, 7)}`
  const said = await readFile(told, 'utf8')
  t.true(said.startsWith(`pr\ncreate\n--base\nmain\n--head\n${branch}\n--title\nRoll back to `))
  t.true(said.includes(`- ${before} second`))
  t.is(await project.git('symbolic-ref', '--short', 'HEAD'), 'main')
  t.is(await project.git('rev-parse', 'HEAD'), before)
  t.is(await project.git('--git-dir', remote, 'rev-parse', `${branch}~1`), before)
})

test('R6 · rollback --pr without gh says so before anything is changed', async t => {
  const bin = await mkdtemp(join(tmpdir(), 'slipway-bin-'))
  t.teardown(() => rm(bin, { recursive: true }))
  const git = execFileSync('which', ['git'], { encoding: 'utf8' }).trim()
  await symlink(git, join(bin, 'git'))
  const project = await aShop(t, { PATH: bin })
  const before = await project.git('rev-parse', 'HEAD')
  const { code, stderr } = await project.slipway(...back, '--pr')
  t.is(code, 2)
  t.regex(stderr, /^error: --pr needs gh.*\n {2}do: Install it/m)
  t.is(await project.git('for-each-ref', '--format=%(refname:short)'), 'main')
  t.is(await project.git('rev-parse', 'HEAD'), before)
})

test('R6 · rollback --commit takes one commit out of the middle, a merge with all it brought', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  await project.commit('first')
  await project.git('switch', '--quiet', '--create', 'chat-v2')
  await project.edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  await project.write('notes.md', 'why')
  await project.commit('chat v2')
  await project.git('switch', '--quiet', 'main')
  await project.git('merge', '--quiet', '--no-ff', '--message', 'Merge chat-v2', 'chat-v2')
  const merge = await project.git('rev-parse', 'HEAD')
  await project.edit('endpoints/rag.yaml', 'rag:v1', 'rag:v2')
  const later = await project.commit('rag v2')

  const look = await project.slipway('rollback', '-e', 'dev', '--commit', merge, '--dry-run')
  t.is(look.code, 0, look.stderr)
  t.regex(look.stdout, /^What came later stays; this is taken back:\n {2}\w{7} Merge chat-v2, Test/)
  t.regex(look.stdout, /^~ update chat: image v2 → v1; restarts 1 pod; downtime: no, /m)
  t.notRegex(look.stdout, /update rag/)
  t.regex(look.stderr, /warning: with --yes it is refused: this changes production, too/)
  t.is(await project.git('rev-parse', 'HEAD'), later)
  t.is(await project.git('status', '--porcelain'), '')

  const made = await project.slipway(
    'rollback',
    '-e',
    'dev',
    '--commit',
    merge,
    '--yes',
    '--other-environments',
  )
  t.is(made.code, 0, made.stderr)
  t.is(await project.git('log', '-1', '--format=%s'), 'Revert "Merge chat-v2"')
  t.true((await project.git('log', '-1', '--format=%B')).includes(`This reverts commit ${merge}.`))
  t.is(await project.git('diff', '--name-only', 'HEAD~1', 'HEAD'), 'endpoints/chat.yaml\nnotes.md')
  const again = await project.slipway(
    'rollback',
    '-e',
    'dev',
    '--commit',
    merge,
    '--yes',
    '--other-environments',
  )
  t.is(again.code, 1, again.stderr)
})

test('R6 · rollback --commit names the files in which it conflicts, and leaves them as they were', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  await project.commit('first')
  await project.edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  const bad = await project.commit('chat v2')
  await project.edit('endpoints/chat.yaml', 'chat:v2', 'chat:v3')
  await project.commit('chat v3')
  const { code, stderr } = await project.slipway(
    'rollback',
    '-e',
    'dev',
    '--commit',
    bad,
    '--yes',
    '--other-environments',
  )
  t.not(code, 0)
  t.regex(stderr, /reverting conflicts with later changes in endpoints\/chat\.yaml/)
  t.is(await project.git('status', '--porcelain'), '')
  t.notRegex(await project.git('status'), /revert/i)
  const mixed = await project.slipway('rollback', 'chat', '-e', 'dev', '--commit', bad)
  t.is(mixed.code, 2)
  t.regex(mixed.stderr, /it cannot be used with an endpoint or --to/)
})
