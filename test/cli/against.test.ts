import { readFileSync } from 'node:fs'
import test, { type ExecutionContext } from 'ava'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { endpointFile, shop, shopFiles } from './scratch.ts'
import { scratchProject } from '../support/project.ts'

/** `diff --against` with what git can name, and what its words are about. */

async function aShop(t: ExecutionContext) {
  const project = await shop()
  t.teardown(project.dispose)
  await project.commit('first')
  const diff = (against: string, ...args: string[]) =>
    project.slipway('diff', '-e', 'dev', '--against', against, ...args)
  return { ...project, diff }
}

test('diff --against takes tags and ranges; the work tree is no part of a range', async t => {
  const { git, edit, commit, diff } = await aShop(t)
  await git('tag', 'v1')
  await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  await commit('second')
  await git('switch', '--quiet', '--create', 'topic')
  await edit('endpoints/rag.yaml', 'rag:v1', 'rag:v2')
  await commit('topic')
  await git('switch', '--quiet', 'main')
  await edit('endpoints/chat.yaml', 'chat:v2', 'chat:v3')
  await commit('third')
  await edit('endpoints/chat.yaml', 'chat:v3', 'chat:v4')
  const words = async (against: string) => {
    const { code, stdout, stderr } = await diff(against)
    t.is(code, 0, stderr)
    return stdout.split('\n').filter(line => /^[~+-]|^Uncommitted/.test(line))
  }
  const image = (name: string, from: number, to: number) =>
    new RegExp(`^~ update ${name}: image v${from} → v${to}`)
  const [tagged = '', note] = await words('v1')
  t.regex(tagged, image('chat', 1, 4))
  t.is(note, 'Uncommitted: endpoints/chat.yaml.')
  const [ranged = '', none] = await words('v1..HEAD')
  t.regex(ranged, image('chat', 1, 3))
  t.is(none, undefined)
  const both = await words('main..topic')
  t.is(both.length, 2)
  const [own = '', nothing] = await words('main...topic')
  t.regex(own, image('rag', 1, 2))
  t.is(nothing, undefined)
})

test('diff --against reads no file of the work tree for a range', async t => {
  const { write, edit, commit, diff } = await aShop(t)
  await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  await commit('second')
  await write('endpoints/chat.yaml', 'kind: [')
  const { code, stdout } = await diff('HEAD~1..HEAD')
  t.is(code, 0)
  t.regex(stdout, /image v1 → v2/)
})

test('diff --against in a shallow clone says how to get the history', async t => {
  const { directory, git, edit, commit } = await aShop(t)
  await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  await commit('second')
  const clone = await scratchProject({ files: {} })
  t.teardown(clone.dispose)
  await git('clone', '--quiet', '--depth=1', `file://${directory}`, join(clone.directory, 'deep'))
  for (const against of ['HEAD~1', 'HEAD~1...HEAD']) {
    const args = ['-C', 'deep', 'diff', '-e', 'dev', '--against', against]
    const { code, stderr } = await clone.slipway(...args)
    t.is(code, 2)
    t.regex(stderr, /do: This clone is shallow: .*fetch-depth: 0/)
  }
})

test('diff --against works in a worktree and in a submodule', async t => {
  const { directory, git, edit, commit } = await aShop(t)
  await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  await commit('second')
  const outer = await scratchProject({ files: { 'README.md': 'outer' } })
  t.teardown(outer.dispose)
  await git('worktree', 'add', '--quiet', join(outer.directory, 'tree'), 'HEAD')
  t.teardown(() => rm(join(outer.directory, 'tree'), { recursive: true, force: true }))
  const allow = ['-c', 'protocol.file.allow=always']
  await outer.git(...allow, 'submodule', '--quiet', 'add', directory, 'sub')
  for (const folder of ['tree', 'sub']) {
    const args = ['-C', folder, 'diff', '-e', 'dev', '--against', 'HEAD~1']
    const { code, stdout, stderr } = await outer.slipway(...args)
    t.is(code, 0, stderr)
    t.regex(stdout, /image v1 → v2/)
    t.notRegex(stdout, /Uncommitted/)
  }
})

test('R7, R11 · a change of slipway.yaml or of a catalogue shows its effect on endpoints', async t => {
  const { edit, write, commit, diff } = await aShop(t)
  const images = (version: string) => `apiVersion: slipway.dev/v1alpha1
kind: ImageCatalogue
spec:
  images:
    generation: {cpu: registry.example.com/vllm:${version}}
`
  await write('images.yaml', images('v1'))
  await write(
    'endpoints/rag.yaml',
    endpointFile('rag').replace(/ {2}image: .*/, '  serves: generation'),
  )
  await commit('with a catalogue')
  await edit('slipway.yaml', 'dev: {}', 'dev: {overlay: [{replicas: 3}]}')
  await write('images.yaml', images('v2'))
  const { stdout, stderr } = await diff('HEAD')
  t.regex(stdout, /^~ update chat: .*replicas 1 → 3/m, stderr)
  t.regex(stdout, /^~ update rag: .*image v1 → v2/m)
  t.regex(stdout, /^Uncommitted: images\.yaml, slipway\.yaml\.$/m)
})

test('diff --against as Markdown and HTML when nothing changes', async t => {
  const { diff } = await aShop(t)
  const markdown = await diff('HEAD', '-o', 'markdown')
  t.true(markdown.stdout.startsWith('<!-- slipway:diff:dev -->\n'))
  t.regex(markdown.stdout, /^\*\*nothing changes since HEAD\*\*$/m)
  const html = await diff('HEAD', '-o', 'html')
  t.regex(html.stdout, /<p>Nothing changes\.<\/p>/)
})

const PROJECT_ONLY = /^\+ create chat: /m

test('R7 · against a commit without a slipway.yaml everything is new', async t => {
  const project = await scratchProject({ files: { 'README.md': 'A team.' } })
  t.teardown(project.dispose)
  await project.commit('first')
  const slipway = shopFiles()
  for (const folder of ['', 'ml/serving/']) {
    for (const [file, text] of Object.entries(slipway))
      await project.write(`${folder}${file}`, text)
    await project.commit(`project in ${folder}`)
    const diff = async (...args: string[]) =>
      project.slipway(
        '-C',
        folder || '.',
        'diff',
        '-e',
        'dev',
        '--against',
        'HEAD^1..HEAD',
        ...args,
      )
    const { code, stdout, stderr } = await diff()
    t.is(code, 0, stderr)
    t.regex(stdout, PROJECT_ONLY)
    const markdown = await diff('-o', 'markdown')
    t.regex(markdown.stdout, /^\*\*2 endpoints are new: there is no slipway\.yaml at HEAD\^1/m)
    t.like(JSON.parse((await diff('-o', 'json')).stdout), { base: 'absent', problems: [] })
  }
})

test('R7 · an environment that the older side does not have is new', async t => {
  const { edit, commit, slipway } = await aShop(t)
  await edit('slipway.yaml', 'dev: {}', 'dev: {}\n    canary: {namespace: canary}')
  await commit('canary')
  const against = ['diff', '-e', 'canary', '--against', 'HEAD^1..HEAD']
  const { code, stdout, stderr } = await slipway(...against)
  t.is(code, 0, stderr)
  t.regex(stdout, PROJECT_ONLY)
  const markdown = await slipway(...against, '-o', 'markdown')
  t.regex(markdown.stdout, /2 endpoints are new: there is no environment "canary" at HEAD\^1/)
})

test('R7 · the environment that is compared is the newer side’s, though another was the default', async t => {
  const { edit, commit, slipway } = await aShop(t)
  await edit(
    'slipway.yaml',
    '  namespace: llm-ops\n',
    '  namespace: llm-ops\n  defaultEnvironment: dev\n',
  )
  await commit('a default')
  await edit('slipway.yaml', 'defaultEnvironment: dev', 'defaultEnvironment: production')
  await commit('another default')
  const { code, stdout, stderr } = await slipway('diff', '--against', 'HEAD^1..HEAD')
  t.is(code, 0, stderr)
  t.regex(stdout, /^No differences/)
})

for (const [what, file, text] of [
  ['an endpoint that is not valid', 'endpoints/rag.yaml', 'kind: ['],
  ['a slipway.yaml that is not valid', 'slipway.yaml', 'kind: Project\n'],
] as const) {
  test(`R7 · ${what} in the older side is told, and no failure`, async t => {
    const { directory, write, commit, diff } = await aShop(t)
    const good = readFileSync(join(directory, file), 'utf8')
    await write(file, text)
    await commit('broken')
    await write(file, good)
    await commit('mended')
    const said = await diff('HEAD^1..HEAD')
    t.is(said.code, 0, said.stderr)
    t.notRegex(said.stdout, /No differences/)
    t.regex(said.stdout, new RegExp(`warning: at HEAD\\^1: ${file}:\\d+: `))
    t.is((await diff('HEAD^1..HEAD', '--exit-code')).code, 1)
    const markdown = await diff('HEAD^1..HEAD', '-o', 'markdown')
    t.regex(markdown.stdout, /^\*\*HEAD\^1 is not valid, so nothing can be compared with it\*\*$/m)
    t.regex(markdown.stdout, /⚠️ .*at HEAD\^1: /)
    const html = await diff('HEAD^1..HEAD', '-o', 'html')
    t.notRegex(html.stdout, /Nothing changes/)
    t.like(JSON.parse((await diff('HEAD^1..HEAD', '-o', 'json')).stdout), {
      base: 'broken',
      problems: [{ severity: 'warning' }],
    })
  })
}

test('R7 · a newer side that is not valid stays an error, and so does a revision that is not there', async t => {
  const { write, commit, diff } = await aShop(t)
  await write('endpoints/rag.yaml', 'kind: [')
  await commit('broken')
  t.is((await diff('HEAD^1..HEAD')).code, 1)
  t.is((await diff('nowhere..HEAD^1')).code, 2)
})
