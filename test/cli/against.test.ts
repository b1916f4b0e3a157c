import test from 'ava'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { endpointFile, shop } from './scratch.ts'
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
