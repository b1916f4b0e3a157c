import { execFileSync } from 'node:child_process'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { openRepository } from '../../src/git/index.ts'
import { parseBatch } from '../../src/git/blobs.ts'
import { aFolder, aRepository, at } from './playground.ts'

const text = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes)

test('R6 · files are read as they were, whatever the work tree holds now', async t => {
  const playground = aRepository(t)
  const first = playground.commit('one', {
    'slipway.yaml': 'old',
    'endpoints/b.yaml': 'b1',
    'endpoints/deep/a.yaml': 'a1',
  })
  playground.remove('endpoints/b.yaml')
  playground.commit('two', { 'slipway.yaml': 'new' })
  playground.write({ 'slipway.yaml': 'not committed', 'endpoints/c.yaml': 'untracked' })
  const before = playground.git('status', '--porcelain')

  const repository = await openRepository(playground.directory)
  const source = await repository.sourceAt('HEAD~1')
  t.is(source.description, `HEAD~1@${first.slice(0, 7)}`)
  t.deepEqual(await source.list('endpoints'), ['endpoints/b.yaml', 'endpoints/deep/a.yaml'])
  t.is(text(await source.read('slipway.yaml')), 'old')
  t.is(text(await source.read('./endpoints/b.yaml')), 'b1')
  t.is(await source.read('endpoints/c.yaml'), undefined)
  t.deepEqual(await source.list('nowhere'), [])
  t.is(playground.git('status', '--porcelain'), before)
})

test('a project below the root sees only itself', async t => {
  const playground = aRepository(t)
  playground.commit('one', {
    'slipway.yaml': 'root',
    'ml/chat app/slipway.yaml': 'ours',
    'ml/chat app/endpoints/a.yaml': 'a',
    'ml/chat app two/slipway.yaml': 'theirs',
  })
  const repository = await openRepository(join(playground.directory, 'ml/chat app'))
  const source = await repository.sourceAt('HEAD')
  t.deepEqual(await source.list('.'), ['endpoints/a.yaml', 'slipway.yaml'])
  t.is(text(await source.read('slipway.yaml')), 'ours')
  const other = await repository.sourceAt('HEAD', join(playground.directory, 'ml/chat app two'))
  t.is(text(await other.read('slipway.yaml')), 'theirs')
  const whole = await repository.sourceAt('HEAD', playground.directory)
  t.is((await whole.list('')).length, 4)
})

test('a project that was not there yet is empty', async t => {
  const playground = aRepository(t)
  playground.commit('one', { 'README.md': '' })
  playground.commit('two', { 'ml/slipway.yaml': '' })
  const repository = await openRepository(join(playground.directory, 'ml'))
  const source = await repository.sourceAt('HEAD~1')
  t.deepEqual(await source.list('.'), [])
  t.is(await source.read('slipway.yaml'), undefined)
})

test('file names with spaces, letters of any script, quotes and newlines come as they are', async t => {
  const names = [
    'a b.yaml',
    'größe.yaml',
    '模型.yaml',
    'new\nline.yaml',
    'quote".yaml',
    ':(top)x.yaml',
  ]
  const playground = aRepository(t)
  playground.commit('one', Object.fromEntries(names.map(name => [`endpoints/${name}`, name])))
  const repository = await openRepository(playground.directory)
  const source = await repository.sourceAt('HEAD')
  const listed = await source.list('endpoints')
  t.deepEqual(listed, names.map(name => `endpoints/${name}`).toSorted())
  // oxlint-disable-next-line no-await-in-loop
  for (const path of listed) t.is(`endpoints/${text(await source.read(path))}`, path)
})

test('bytes are not changed: carriage returns, NUL and empty files', async t => {
  const playground = aRepository(t)
  playground.write({ '.gitattributes': '* -text\nx.txt export-subst\n' })
  playground.commit('one', {
    'crlf.yaml': 'a\r\n',
    'nul.yaml': 'a\0b\n\n',
    'empty.yaml': '',
    'x.txt': '$Format:%H$',
  })
  const repository = await openRepository(playground.directory)
  const source = await repository.sourceAt('HEAD')
  const paths = ['crlf.yaml', 'nul.yaml', 'empty.yaml', 'x.txt']
  const contents = await Promise.all(paths.map(async path => text(await source.read(path))))
  t.deepEqual(contents, ['a\r\n', 'a\0b\n\n', '', '$Format:%H$'])
})

test('S1 · a link out of the repository is refused where it is come across, not skipped', async t => {
  const playground = aRepository(t)
  playground.write({ 'endpoints/a.yaml': 'a' })
  symlinkSync('/etc/passwd', join(playground.directory, 'endpoints/link.yaml'))
  playground.commit('one')
  const source = await (await openRepository(playground.directory)).sourceAt('HEAD')
  const refused = { message: /endpoints\/link\.yaml leads out of the repository/ }
  await t.throwsAsync(source.list('endpoints'), refused)
  await t.throwsAsync(source.read('endpoints/link.yaml'), refused)
})

test('S2 · a commit is what its hash says, whatever this clone replaces', async t => {
  const playground = aRepository(t)
  const honest = playground.commit('one', { 'slipway.yaml': 'honest' })
  const other = playground.commit('two', { 'slipway.yaml': 'other', 'endpoints/b.yaml': 'b' })
  playground.git('replace', honest, other)
  const blob = playground.git('--no-replace-objects', 'rev-parse', `${honest}:slipway.yaml`)
  playground.git('replace', blob, playground.git('hash-object', '-w', '/dev/null'))
  const source = await (await openRepository(playground.directory)).sourceAt(honest)
  t.deepEqual(await source.list('endpoints'), [])
  t.is(text(await source.read('slipway.yaml')), 'honest')
})

// It changes the environment, so not side by side with others.
test('S2 · nor does a replacement change who made a commit, or what it came from', async t => {
  const playground = aRepository(t)
  const first = playground.commit('first', { 'slipway.yaml': '1' })
  const second = playground.commit('second', { 'slipway.yaml': '2' })
  playground.git('replace', '--graft', second)
  playground.git('replace', first, playground.git('commit-tree', '-m', 'forged', 'HEAD^{tree}'))
  const repository = await openRepository(playground.directory)
  t.true(await repository.isAncestor(first, second))
  t.is((await repository.commitAt(first)).subject, 'first')
  t.deepEqual(
    (await repository.history()).map(({ subject }) => subject),
    ['second', 'first'],
  )
})

test('S2 · a clone whose history is changed by grafts is refused, until the file is gone or says nothing', async t => {
  const playground = aRepository(t)
  const first = playground.commit('first', { 'slipway.yaml': '1' })
  const second = playground.commit('second', { 'slipway.yaml': '2', 'team/slipway.yaml': '3' })
  const grafts = join(playground.directory, '.git/info/grafts')
  writeFileSync(grafts, `# none\n${second}\n`)
  for (const folder of ['', 'team'])
    await t.throwsAsync(openRepository(join(playground.directory, folder)), {
      message: /\.git\/info\/grafts changes the history of this clone/,
    })
  writeFileSync(grafts, '# none\n')
  t.true(await (await openRepository(playground.directory)).isAncestor(first, second))
})

test.serial('many files are read by few processes', async t => {
  const playground = aRepository(t)
  const files = Object.fromEntries(
    Array.from({ length: 500 }, (_, index) => [`endpoints/e${index}.yaml`, `name: e${index}\n`]),
  )
  playground.commit('one', { 'slipway.yaml': 'p', 'models.yaml': 'm', ...files })
  const commands = recordedCommands(t)
  const source = await (await openRepository(playground.directory)).sourceAt('HEAD')
  t.is(text(await source.read('slipway.yaml')), 'p')
  t.is(text(await source.read('models.yaml')), 'm')
  // One after the other, which must not mean a process for each.
  for (const path of await source.list('endpoints')) {
    // oxlint-disable-next-line no-await-in-loop
    t.is(text(await source.read(path)), files[path])
  }
  t.is(commands(playground.directory, 'cat-file'), 2)
  t.is(commands(playground.directory, 'ls-tree'), 1)
})

/** Puts a `git` on the PATH that notes each command before it runs the real one. */
function recordedCommands(t: ExecutionContext): (directory: string, command: string) => number {
  const folder = aFolder(t)
  const git = execFileSync('which', ['git'], { encoding: 'utf8' }).trim()
  const script = `#!/bin/sh\necho "$PWD $*" >> ${folder}/log\nexec ${git} "$@"\n`
  writeFileSync(join(folder, 'git'), script, { mode: 0o755 })
  process.env['PATH'] = `${folder}:${process.env['PATH']}`
  t.teardown(() => {
    process.env['PATH'] = process.env['PATH']?.replace(`${folder}:`, '')
  })
  return (directory, command) => {
    const lines = readFileSync(join(folder, 'log'), 'utf8').split('\n')
    return lines.filter(line => line.startsWith(`${directory} `) && line.includes(command)).length
  }
}

test('a lost object is an error that names it', async t => {
  const playground = aRepository(t)
  playground.commit('one', { 'slipway.yaml': 'unlike anything else' })
  const hash = playground.git('rev-parse', 'HEAD:slipway.yaml')
  playground.remove(`.git/objects/${hash.slice(0, 2)}/${hash.slice(2)}`)
  const source = await (await openRepository(playground.directory)).sourceAt('HEAD')
  await t.throwsAsync(source.read('slipway.yaml'), { message: new RegExp(hash) })
})

test('a batch is told apart by its mark, not by what the bytes look like', t => {
  const output = Buffer.from('4d2e\n1a blob 10\n2b missing\n\n4d2e\n\n4d2e\n4d2\ne')
  t.deepEqual(parseBatch(output, '4d2e').map(text), ['1a blob 10\n2b missing\n', '', '4d2\n'])
})

test('a worktree and a submodule are repositories like any other', async t => {
  const inner = aRepository(t)
  inner.commit('inner', { 'slipway.yaml': 'inner' })
  const playground = aRepository(t)
  playground.commit('one', { 'slipway.yaml': 'outer' })
  playground.git('submodule', '--quiet', 'add', inner.directory, 'module')
  playground.git('worktree', 'add', '--quiet', '--detach', 'tree', 'HEAD')
  const seen = await Promise.all(
    ['module', 'tree'].map(async folder => {
      const repository = await openRepository(join(playground.directory, folder))
      return text(await (await repository.sourceAt('HEAD')).read('slipway.yaml'))
    }),
  )
  t.deepEqual(seen, ['inner', 'outer'])
  t.is(at(join(playground.directory, 'tree')).git('status', '--porcelain'), '')
})
