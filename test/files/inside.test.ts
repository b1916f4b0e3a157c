import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { writeInside, writeNewInside } from '../../src/files/index.ts'

/** `victim` beside `folder`, which nothing may reach. */
async function scratch(t: ExecutionContext) {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'slipway-files-')))
  t.teardown(() => rm(root, { recursive: true }))
  const [folder, victim] = [join(root, 'folder'), join(root, 'victim')]
  await mkdir(folder)
  await mkdir(victim)
  await writeFile(join(victim, 'file'), 'untouched')
  return { folder, victim }
}

const LINKS: [name: string, link: string, target: (victim: string) => string, path: string][] = [
  ['the file is a link', 'a.yaml', victim => join(victim, 'file'), 'a.yaml'],
  ['the file is a link to nothing', 'a.yaml', victim => join(victim, 'new'), 'a.yaml'],
  ['a folder on the way is a link', 'logs', victim => victim, 'logs/file'],
  ['a folder on the way is a relative link', 'logs', () => '../victim', 'logs/file'],
  ['a folder on the way is a link to nothing', 'logs', () => '../none', 'logs/file'],
  ['a link to itself', 'logs', () => 'logs', 'logs/file'],
]

for (const [name, link, target, path] of LINKS) {
  test(`S3 · nothing is written out of a folder: ${name}`, async t => {
    const { folder, victim } = await scratch(t)
    await symlink(target(victim), join(folder, link))
    await t.throwsAsync(writeInside({ folder, path, text: 'x' }), { message: /is not written/ })
    t.is(await readFile(join(victim, 'file'), 'utf8'), 'untouched')
    await t.throwsAsync(readFile(join(victim, 'new')))
  })
}

for (const path of ['../victim/file', '.', 'a/../../victim/file', '/etc/hostname'])
  test(`S3 · a name is no way out of a folder: ${path}`, async t => {
    const { folder, victim } = await scratch(t)
    await t.throwsAsync(writeInside({ folder, path, text: 'x' }), { message: /is not written/ })
    t.is(await readFile(join(victim, 'file'), 'utf8'), 'untouched')
  })

test('a link that stays inside is as good as a folder', async t => {
  const { folder } = await scratch(t)
  await mkdir(join(folder, 'real'))
  await symlink('real', join(folder, 'logs'))
  await writeInside({ folder, path: 'logs/a/b.txt', text: 'x' })
  t.is(await readFile(join(folder, 'real/a/b.txt'), 'utf8'), 'x')
})

test('a file is replaced whole, a new one never replaces', async t => {
  const { folder } = await scratch(t)
  await writeInside({ folder, path: 'a', text: 'longer' })
  await writeInside({ folder, path: 'a', text: 'short' })
  t.is(await readFile(join(folder, 'a'), 'utf8'), 'short')
  t.false(await writeNewInside({ folder, path: 'a', text: 'other' }))
  await symlink('../none', join(folder, 'link'))
  t.false(await writeNewInside({ folder, path: 'link', text: 'other' }))
  t.true(await writeNewInside({ folder, path: 'deep/b', text: 'new' }))
  t.is(await readFile(join(folder, 'a'), 'utf8'), 'short')
})

test('a pipe is not waited for', async t => {
  const { folder } = await scratch(t)
  execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', join(folder, 'a')])
  await t.throwsAsync(writeInside({ folder, path: 'a', text: 'x' }), { message: /is not a file/ })
})

test('several environments are written into one new folder at the same time', async t => {
  const { folder } = await scratch(t)
  const paths = ['a', 'b', 'c'].map(name => `artifact/${name}/index.json`)
  await Promise.all(paths.map(path => writeInside({ folder, path, text: path })))
  for (const path of paths) t.is(await readFile(join(folder, path), 'utf8'), path)
})
