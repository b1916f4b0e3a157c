import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { SlipwayError } from '../../src/problem/index.ts'
import { findProject, loadSet, openFolder } from '../../src/spec/index.ts'
import { endpointFile, problemText, projectFile } from './support.ts'

/** What has the name of a file and is none, or cannot be read, is an error: passed over, it would be an endpoint less. */

const OTHER = 'it is not a file, but a folder, a pipe, a socket or a device'

function aProject(t: ExecutionContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-spec-'))
  t.teardown(() => rmSync(directory, { recursive: true }))
  mkdirSync(join(directory, 'endpoints'))
  writeFileSync(join(directory, 'slipway.yaml'), projectFile())
  writeFileSync(
    join(directory, 'endpoints/own.yaml'),
    endpointFile('image: registry.example.com/chat:v1'),
  )
  return directory
}

async function problemsIn(directory: string): Promise<string[]> {
  const { problems } = await loadSet({ source: openFolder(directory) })
  return problems.map(problemText)
}

const unreadable = (path: string, why: string) =>
  `${path}:1:1 error unreadable-file: ${path} cannot be read: ${why}`

test('R8 · a pipe in the place of a catalogue is not waited for', async t => {
  const directory = aProject(t)
  execFileSync('mkfifo', [join(directory, 'models.yaml')])
  t.deepEqual(await problemsIn(directory), [unreadable('models.yaml', OTHER)])
})

test('S1 · a pipe among the endpoints is neither waited for nor passed over', async t => {
  const directory = aProject(t)
  execFileSync('mkfifo', [
    join(directory, 'endpoints/chat.yaml'),
    join(directory, 'endpoints/pipe'),
  ])
  t.deepEqual(await problemsIn(directory), [unreadable('endpoints/chat.yaml', OTHER)])
})

test('S1 · nor is a link that leads to one', async t => {
  const directory = aProject(t)
  execFileSync('mkfifo', [join(directory, 'pipe')])
  symlinkSync('../pipe', join(directory, 'endpoints/chat.yml'))
  t.deepEqual(await problemsIn(directory), [unreadable('endpoints/chat.yml', OTHER)])
})

test('S1 · a socket with the name of a manifest is no object less', async t => {
  const directory = aProject(t)
  mkdirSync(join(directory, 'objects'))
  const server = createServer().listen(join(directory, 'objects/a.yaml'))
  t.teardown(() => server.close())
  t.deepEqual(await problemsIn(directory), [unreadable('objects/a.yaml', OTHER)])
})

// The kernel's own files say that they have no bytes, and the memory of a process cannot be read from its beginning.
test('S1 · a file is read to its end, whatever its size is said to be', async t => {
  const source = openFolder('/proc/self')
  t.regex(Buffer.from((await source.read('status')) ?? []).toString(), /^Name:[^]*Threads:/)
})

test('S1 · a file that breaks off while it is read is an error', async t => {
  const source = openFolder('/proc/self')
  const error = await t.throwsAsync(source.read('mem'), { instanceOf: SlipwayError })
  t.like(error.problems[0], { code: 'unreadable-file', message: 'mem cannot be read: EIO' })
})

test('S1 · a folder that cannot be looked into is not a folder without a project', async t => {
  const loop = join(aProject(t), 'endpoints/loop')
  symlinkSync('loop', loop)
  const error = await t.throwsAsync(findProject(loop), { instanceOf: SlipwayError })
  t.like(error.problems[0], { code: 'unreadable-file', message: `${loop} cannot be read: ELOOP` })
})

// Nothing is closed to root.
const isRoot = process.getuid?.() === 0

test(`S1 · what permissions hide is an error${isRoot ? ', but nothing is hidden from root' : ''}`, async t => {
  const directory = aProject(t)
  const folder = join(directory, 'endpoints/team')
  mkdirSync(folder)
  chmodSync(folder, 0)
  t.teardown(() => chmodSync(folder, 0o700))
  const told = await problemsIn(directory)
  t.deepEqual(told, isRoot ? [] : [unreadable('endpoints/team', 'permission denied')])
})
