import { mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { parseAllDocuments } from 'yaml'
import { renderSet, writeFolder } from '../../src/render/index.ts'
import type { Endpoint } from '../../src/spec/index.ts'
import { anEndpoint, aSet } from '../support/endpoint.ts'

async function scratch(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-render-'))
  t.teardown(() => rm(folder, { recursive: true }))
  return join(folder, 'manifests', 'dev')
}

const write = (folder: string, endpoints: Endpoint[]) =>
  writeFolder(folder, renderSet(aSet(endpoints)).objects)

test('one file for each endpoint, with its objects', async t => {
  const folder = await scratch(t)
  const other = anEndpoint({ runtime: 'kserve' }, { name: 'rank', namespace: 'other' })
  const { files, removed } = await write(folder, [other, anEndpoint()])
  t.deepEqual(files, ['llm.chat.yaml', 'other.rank.yaml'])
  t.deepEqual(removed, [])
  const text = await readFile(join(folder, 'llm.chat.yaml'), 'utf8')
  t.deepEqual(
    parseAllDocuments(text).map(document => document.get('kind')),
    ['Deployment', 'Service'],
  )
})

test('files of endpoints that are gone are removed, files of others stay', async t => {
  const folder = await scratch(t)
  await write(folder, [anEndpoint(), anEndpoint({}, { name: 'gone' })])
  await writeFile(join(folder, 'kustomization.yaml'), 'resources: []\n')
  const { files, removed } = await write(folder, [anEndpoint()])
  t.deepEqual(files, ['llm.chat.yaml'])
  t.deepEqual(removed, ['llm.gone.yaml'])
  t.deepEqual((await readdir(folder)).toSorted(), ['kustomization.yaml', 'llm.chat.yaml'])
})

test('S3 · a file that is a link stops the rendering before anything is written or removed', async t => {
  const folder = await scratch(t)
  await write(folder, [anEndpoint({}, { name: 'gone' })])
  const victim = join(folder, '..', 'victim')
  await writeFile(victim, 'untouched')
  await symlink(victim, join(folder, 'llm.chat.yaml'))
  await t.throwsAsync(write(folder, [anEndpoint()]), { message: /llm\.chat\.yaml is not written/ })
  t.is(await readFile(victim, 'utf8'), 'untouched')
  t.true((await readdir(folder)).includes('llm.gone.yaml'))
})

test('S3 · a stale link is nobody’s to remove', async t => {
  const folder = await scratch(t)
  await write(folder, [anEndpoint()])
  const other = join(folder, '..', 'other.yaml')
  await rename(join(folder, 'llm.chat.yaml'), other)
  await symlink(other, join(folder, 'llm.gone.yaml'))
  t.deepEqual((await write(folder, [anEndpoint()])).removed, [])
})

test('S1 · where nothing is rendered, no file is removed: an engine would delete everything', async t => {
  const folder = await scratch(t)
  await write(folder, [anEndpoint(), anEndpoint({}, { name: 'other' })])
  await t.throwsAsync(write(folder, []), { message: /nothing was rendered, and 2 files of / })
  t.is((await readdir(folder)).length, 2)
  const empty = await scratch(t)
  t.deepEqual((await write(empty, [])).removed, [])
})
