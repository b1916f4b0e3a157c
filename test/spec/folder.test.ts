import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { SlipwayError } from '../../src/problem/index.ts'
import { findProject, loadSet, openFolder } from '../../src/spec/index.ts'
import { endpointFile, problemText, projectFile } from './support.ts'

function folderWith(t: ExecutionContext, files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-spec-'))
  t.teardown(() => rmSync(directory, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  return directory
}

const CHAT = endpointFile('image: registry.example.com/chat:v1')

test('lists all files below a folder, sorted, and reads them', async t => {
  const source = openFolder(
    folderWith(t, { 'a/b/c.yaml': 'c', 'a/B.yaml': 'B', 'a/a.txt': 'a', 'x.yaml': 'x' }),
  )
  t.deepEqual(await source.list('a'), ['a/B.yaml', 'a/a.txt', 'a/b/c.yaml'])
  t.deepEqual(await source.list('nothing'), [])
  t.deepEqual(await source.list('x.yaml'), [])
  t.is(Buffer.from((await source.read('a/b/c.yaml')) ?? []).toString(), 'c')
  t.is(await source.read('a/none.yaml'), undefined)
  t.is(await source.read('x.yaml/none.yaml'), undefined)
})

test('R8 · links inside the project are followed, once', async t => {
  const directory = folderWith(t, { 'shared/chat.yaml': 'c', 'endpoints/own.yaml': 'o' })
  symlinkSync('../shared/chat.yaml', join(directory, 'endpoints/chat.yaml'))
  symlinkSync('../shared', join(directory, 'endpoints/more'))
  symlinkSync('.', join(directory, 'shared/loop'))
  const source = openFolder(directory)
  t.deepEqual(await source.list('endpoints'), [
    'endpoints/chat.yaml',
    'endpoints/more/chat.yaml',
    'endpoints/own.yaml',
  ])
  t.is(Buffer.from((await source.read('endpoints/chat.yaml')) ?? []).toString(), 'c')
})

test('R8 · links out of the project are refused, for files, folders and catalogues', async t => {
  const outside = folderWith(t, { 'chat.yaml': CHAT, 'models.yaml': 'secret' })
  const links: [string, string][] = [
    ['endpoints/chat.yaml', 'chat.yaml'],
    ['endpoints/more', ''],
    ['models.yaml', 'models.yaml'],
  ]
  for (const [link, target] of links) {
    const directory = folderWith(t, { 'slipway.yaml': projectFile(), 'endpoints/own.yaml': CHAT })
    symlinkSync(join(outside, target), join(directory, link))
    // oxlint-disable-next-line no-await-in-loop
    const { value, problems } = await loadSet({ source: openFolder(directory) })
    t.is(value, undefined)
    t.is(problems.length, 1)
    t.is(problems[0]?.code, 'unreadable-file')
    t.regex(problems[0]?.message ?? '', new RegExp(`^${link} leads out of the project`))
  }
})

test('R8 · a path that climbs out is refused', async t => {
  const directory = folderWith(t, { 'inside/slipway.yaml': 'x', 'outside.yaml': 'x' })
  const error = await t.throwsAsync(openFolder(join(directory, 'inside')).read('../outside.yaml'), {
    instanceOf: SlipwayError,
  })
  t.is(error.problems[0]?.code, 'unreadable-file')
})

test('R8 · a link that leads nowhere is an error, not an endpoint less', async t => {
  const directory = folderWith(t, { 'slipway.yaml': projectFile(), 'endpoints/own.yaml': CHAT })
  symlinkSync('gone.yaml', join(directory, 'endpoints/chat.yaml'))
  const { problems } = await loadSet({ source: openFolder(directory) })
  t.deepEqual(problems.map(problemText), [
    'endpoints/chat.yaml:1:1 error unreadable-file: endpoints/chat.yaml cannot be read: it leads nowhere',
  ])
})

test('R8 · a huge file is refused without being read whole', async t => {
  const directory = folderWith(t, { 'slipway.yaml': projectFile(), 'endpoints/own.yaml': CHAT })
  writeFileSync(join(directory, 'endpoints/own.yaml'), '#'.repeat(3_000_000))
  const { problems } = await loadSet({ source: openFolder(directory) })
  t.deepEqual(problems.map(problemText), [
    'endpoints/own.yaml:1:1 error yaml-too-large: the file is larger than 1 MiB',
  ])
})

test('the project is the nearest folder upwards with a slipway.yaml', async t => {
  const directory = folderWith(t, { 'slipway.yaml': '', 'endpoints/team/chat.yaml': '' })
  t.is(await findProject(join(directory, 'endpoints/team')), directory)
  t.is(await findProject(directory), directory)
})

test('R8 · a folder that does not exist is in no project, though one is above it', async t => {
  const directory = folderWith(t, { 'slipway.yaml': '', 'endpoints/chat.yaml': '' })
  for (const missing of ['endpionts', 'endpoints/chat.yaml']) {
    const found = findProject(join(directory, missing))
    const error = await t.throwsAsync(found, { instanceOf: SlipwayError })
    t.is(error.problems[0]?.code, 'no-project')
    t.regex(error.problems[0]?.message ?? '', /^there is no folder .*(?:endpionts|chat\.yaml)$/)
  }
})

test('R8 · no project anywhere is an error with a remedy', async t => {
  const directory = folderWith(t, { 'other.yaml': '' })
  const error = await t.throwsAsync(findProject(directory), { instanceOf: SlipwayError })
  t.is(error.problems[0]?.code, 'no-project')
  t.regex(error.problems[0]?.remedy ?? '', /slipway init/)
})
