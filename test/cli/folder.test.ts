import test from 'ava'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { endpointFile, shop } from './scratch.ts'

const RENDER = ['render', '-e', 'dev', '-o', 'dir', '--output-dir', 'out']
const withoutRag = ['sparse-checkout', 'set', '--no-cone', '/*', '!/endpoints/rag.yaml']

async function renderedShop() {
  const project = await shop()
  await project.write('endpoints/rag.yaml', endpointFile('rag'))
  await project.write('.gitignore', 'out/\n')
  await project.commit('rag')
  const files = () => readdir(join(project.directory, 'out'))
  return { ...project, files }
}

test('S1 · render -o dir removes no file of an endpoint that is not checked out', async t => {
  const project = await renderedShop()
  t.teardown(project.dispose)
  t.is((await project.slipway(...RENDER)).code, 0)
  const before = await project.files()
  t.true(before.includes('llm-ops.rag.yaml'))
  await project.git(...withoutRag)
  await project.edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  const { code, stderr } = await project.slipway(...RENDER)
  t.is(code, 2, stderr)
  t.regex(stderr, /files of commit \w{7} are not checked out here: endpoints\/rag\.yaml/)
  t.regex(stderr, /git sparse-checkout disable/)
  t.deepEqual(await project.files(), before)
  await project.git('sparse-checkout', 'disable')
  t.is((await project.slipway(...RENDER)).code, 0)
})

test('S1 · nor does it write a folder without them: who applies it would delete', async t => {
  const project = await renderedShop()
  t.teardown(project.dispose)
  await project.git(...withoutRag)
  const { code, stderr } = await project.slipway(...RENDER)
  t.is(code, 2, stderr)
  await t.throwsAsync(project.files(), { code: 'ENOENT' })
  await project.git('sparse-checkout', 'disable')
  t.is((await project.slipway(...RENDER)).code, 0)
  await project.git('rm', '-q', 'endpoints/rag.yaml')
  const deleted = await project.slipway(...RENDER)
  t.regex(deleted.stderr, /1 removed/)
})
