import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { compareSeen } from '../../src/git/differences.ts'
import { openRepository, recordedIn } from '../../src/git/index.ts'
import { openFolder, type Seen } from '../../src/spec/index.ts'
import { aClone, aFolder, aRepository, at, type Playground } from './playground.ts'

/** Whether what was read is what the commit holds, by content; whatever git status says. */

/** Reads as a project is read. */
async function readAll(project: string): Promise<Seen> {
  const source = openFolder(project, { recorded: () => recordedIn(project) })
  for (const path of ['slipway.yaml', 'models.yaml', 'images.yaml']) {
    // oxlint-disable-next-line no-await-in-loop
    await source.read(path)
  }
  const paths = await source.list('endpoints')
  await Promise.all(paths.filter(path => /\.ya?ml$/i.test(path)).map(path => source.read(path)))
  return source.seen?.() as Seen
}

async function differences({ directory }: Playground): Promise<string[]> {
  const project = join(directory, 'ml')
  const repository = await openRepository(project)
  const found = await repository.differences({ revision: 'HEAD', seen: await readAll(project) })
  return found.map(({ path, state }) => `${state} ${path}`)
}

function aProject(playground: Playground): void {
  playground.commit('one', {
    '.gitignore': '*.log\nignored*.yaml\n',
    'README.md': 'read me',
    'ml/slipway.yaml': 'project\n',
    'ml/models.yaml': 'models\n',
    'ml/endpoints/a.yaml': 'a\n',
    'ml/endpoints/deep/b.yaml': 'b\n',
    'ml/endpoints/NOTES.md': 'notes\n',
    'shared/c.yaml': 'c\n',
  })
  symlinkSync('../../shared/c.yaml', join(playground.directory, 'ml/endpoints/c.yaml'))
  playground.commit('link')
}

type Change = (playground: Playground) => void

const CASES: Record<string, [Change, string[]]> = {
  'a fresh commit': [() => {}, []],
  'a file written again with the same content': [
    p => p.write({ 'ml/endpoints/a.yaml': 'a\n' }),
    [],
  ],
  'a changed file': [p => p.write({ 'ml/slipway.yaml': 'x' }), ['changed slipway.yaml']],
  'a change of the same length': [
    p => p.write({ 'ml/endpoints/a.yaml': 'x\n' }),
    ['changed endpoints/a.yaml'],
  ],
  'an untracked endpoint': [
    p => p.write({ 'ml/endpoints/z y.yaml': '' }),
    ['added endpoints/z y.yaml'],
  ],
  'an endpoint that git ignores': [
    p => p.write({ 'ml/endpoints/ignored.yaml': 'x' }),
    ['added endpoints/ignored.yaml'],
  ],
  'an endpoint that this clone alone ignores': [
    p => {
      p.write({ '.git/info/exclude': 'mine.yaml\n' })
      p.write({ 'ml/endpoints/mine.yaml': 'x' })
    },
    ['added endpoints/mine.yaml'],
  ],
  'a catalogue that git ignores': [
    p => {
      p.write({ '.git/info/exclude': 'images.yaml\n' })
      p.write({ 'ml/images.yaml': 'x' })
    },
    ['added images.yaml'],
  ],
  'untracked files where the user hides them': [
    p => {
      p.git('config', 'status.showUntrackedFiles', 'no')
      p.write({ 'ml/endpoints/new.yaml': '' })
    },
    ['added endpoints/new.yaml'],
  ],
  'an edit of what is assumed unchanged': [
    p => {
      p.git('update-index', '--assume-unchanged', 'ml/endpoints/a.yaml')
      p.write({ 'ml/endpoints/a.yaml': 'edited' })
    },
    ['changed endpoints/a.yaml'],
  ],
  'an edit under skip-worktree': [
    p => {
      p.git('update-index', '--skip-worktree', 'ml/models.yaml')
      p.write({ 'ml/models.yaml': 'edited' })
    },
    ['changed models.yaml'],
  ],
  'an edit with the size and time of before': [
    p => {
      p.git('config', 'core.checkStat', 'minimal')
      p.git('config', 'core.trustctime', 'false')
      const file = join(p.directory, 'ml/endpoints/a.yaml')
      execFileSync(
        'sh',
        ['-c', `touch -r '${file}' t && printf 'x\\n' > '${file}' && touch -r t '${file}'`],
        {
          cwd: p.directory,
        },
      )
    },
    ['changed endpoints/a.yaml'],
  ],
  'a staged change': [
    p => {
      p.write({ 'ml/slipway.yaml': 'x' })
      p.git('add', '--all')
    },
    ['changed slipway.yaml'],
  ],
  'a change that is staged and not on disk': [
    p => {
      p.write({ 'ml/slipway.yaml': 'x' })
      p.git('add', '--all')
      p.write({ 'ml/slipway.yaml': 'project\n' })
    },
    [],
  ],
  'a deleted endpoint': [p => p.remove('ml/endpoints/a.yaml'), ['deleted endpoints/a.yaml']],
  'a deleted catalogue, which is not needed': [
    p => p.remove('ml/models.yaml'),
    ['deleted models.yaml'],
  ],
  'a deleted project file': [p => p.remove('ml/slipway.yaml'), ['deleted slipway.yaml']],
  'a folder of endpoints that is deleted': [
    p => rmSync(join(p.directory, 'ml/endpoints'), { recursive: true }),
    ['deleted endpoints/a.yaml', 'deleted endpoints/c.yaml', 'deleted endpoints/deep/b.yaml'],
  ],
  'a deletion that is committed to the index only': [
    p => p.git('rm', '--quiet', 'ml/endpoints/a.yaml'),
    ['deleted endpoints/a.yaml'],
  ],
  'a deletion of what is assumed unchanged': [
    p => {
      p.git('update-index', '--assume-unchanged', 'ml/endpoints/a.yaml')
      p.remove('ml/endpoints/a.yaml')
    },
    ['deleted endpoints/a.yaml'],
  ],
  'a renamed endpoint': [
    p => p.git('mv', 'ml/endpoints/a.yaml', 'ml/endpoints/z.yaml'),
    ['deleted endpoints/a.yaml', 'added endpoints/z.yaml'],
  ],
  'an edit of what a link leads to': [
    p => p.write({ 'shared/c.yaml': 'x' }),
    ['changed ../shared/c.yaml'],
  ],
  'a link that leads elsewhere': [
    p => {
      p.remove('ml/endpoints/c.yaml')
      symlinkSync('../models.yaml', join(p.directory, 'ml/endpoints/c.yaml'))
    },
    ['changed endpoints/c.yaml'],
  ],
  'a link that became a file': [
    p => {
      p.remove('ml/endpoints/c.yaml')
      p.write({ 'ml/endpoints/c.yaml': 'c\n' })
    },
    ['changed endpoints/c.yaml'],
  ],
  'a file that became a link': [
    p => {
      p.remove('ml/endpoints/a.yaml')
      symlinkSync('deep/b.yaml', join(p.directory, 'ml/endpoints/a.yaml'))
    },
    ['changed endpoints/a.yaml'],
  ],
  'what is not read': [
    p => {
      p.write({ 'README.md': 'x', 'new.txt': '', 'ml/run.log': '', 'ml/new.yaml': '' })
      p.write({ 'ml/endpoints/NOTES.md': 'x', 'ml/endpoints/.hidden.yaml': 'x' })
    },
    [],
  ],
  'the bit for running': [p => chmodSync(join(p.directory, 'ml/slipway.yaml'), 0o755), []],
  'a sparse checkout': [
    p => p.git('sparse-checkout', 'set', '--no-cone', '/*', '!/ml/endpoints/deep/'),
    ['absent endpoints/deep/b.yaml'],
  ],
  'a sparse checkout of folders': [
    p => p.git('sparse-checkout', 'set', '--cone', 'ml/endpoints/deep', 'shared'),
    [],
  ],
  'a sparse checkout that lacks a catalogue': [
    p => p.git('sparse-checkout', 'set', '--no-cone', '/*', '!/ml/models.yaml'),
    ['absent models.yaml'],
  ],
  'a file under skip-worktree that is gone': [
    p => {
      p.git('update-index', '--skip-worktree', 'ml/endpoints/a.yaml')
      p.remove('ml/endpoints/a.yaml')
    },
    ['absent endpoints/a.yaml'],
  ],
  'a checkout that broke off': [
    p => {
      rmSync(join(p.directory, '.git/index'))
      p.remove('ml/endpoints/a.yaml')
    },
    ['absent endpoints/a.yaml'],
  ],
}

for (const [name, [change, expected]] of Object.entries(CASES)) {
  test(`S2 · ${name} is compared with the commit: ${expected.join(', ') || 'clean'}`, async t => {
    const playground = aRepository(t)
    aProject(playground)
    change(playground)
    t.deepEqual(await differences(playground), expected)
  })
}

test('S2 · line ends and filters that git converts are no difference', async t => {
  const origin = aRepository(t)
  aProject(origin)
  const clone = aClone(t, origin, '--config', 'core.autocrlf=true')
  t.is(readFileSync(join(clone.directory, 'ml/slipway.yaml'), 'utf8'), 'project\r\n')
  t.deepEqual(await differences(clone), [])
  clone.write({ 'ml/endpoints/deep/b.yaml': 'x\r\n' })
  t.deepEqual(await differences(clone), ['changed endpoints/deep/b.yaml'])
})

/** A project whose endpoints pass through a filter of this clone, as encrypted files do. */
function aFiltered(t: ExecutionContext, filter: Record<string, string>) {
  const playground = aRepository(t)
  playground.write({ '.gitattributes': '*.yaml filter=rot\n' })
  aProject(playground)
  for (const [way, command] of Object.entries(filter))
    playground.git('config', `filter.rot.${way}`, command)
  rmSync(join(playground.directory, 'ml'), { recursive: true })
  playground.git('checkout', '--', '.')
  return playground
}

test('S2 · what a filter makes at checkout is what both readers read', async t => {
  const playground = aFiltered(t, { smudge: 'tr a-y b-z', clean: 'tr b-z a-y' })
  t.is(readFileSync(join(playground.directory, 'ml/slipway.yaml'), 'utf8'), 'qspkfdu\n')
  t.deepEqual(await differences(playground), [])
  const repository = await openRepository(join(playground.directory, 'ml'))
  const source = await repository.sourceAt('HEAD')
  t.is(Buffer.from((await source.read('slipway.yaml')) ?? []).toString(), 'qspkfdu\n')
  playground.write({ 'ml/slipway.yaml': 'other\n' })
  t.deepEqual(await differences(playground), ['changed slipway.yaml'])
})

test('S2 · what a filter takes away before it is stored is a difference', async t => {
  const playground = aFiltered(t, { clean: 'grep -v mine' })
  playground.write({ 'ml/slipway.yaml': 'project\nmine\n' })
  playground.git('add', '--all')
  t.is(playground.git('status', '--porcelain', 'ml/slipway.yaml'), '')
  t.deepEqual(await differences(playground), ['changed slipway.yaml'])
})

test('S2 · names that git would quote are compared, too', async t => {
  const origin = aRepository(t)
  const names = [
    'größe.yaml',
    'new\nline.yaml',
    'quote".yaml',
    String.raw`back\slash.yaml`,
    ' x.yaml',
  ]
  origin.commit('one', {
    'ml/slipway.yaml': 'project\n',
    ...Object.fromEntries(names.map(name => [`ml/endpoints/${name}`, 'a\n'])),
  })
  const clone = aClone(t, origin, '--config', 'core.autocrlf=true')
  t.deepEqual(await differences(clone), [])
  clone.write(Object.fromEntries(names.map(name => [`ml/endpoints/${name}`, 'b\r\n'])))
  t.deepEqual(
    (await differences(clone)).toSorted(),
    names.map(name => `changed endpoints/${name}`).toSorted(),
  )
})

test('S2 · a clone without symbolic links is clean', async t => {
  const origin = aRepository(t)
  aProject(origin)
  const clone = aClone(t, origin, '--config', 'core.symlinks=false')
  t.deepEqual(await differences(clone), [])
  clone.write({ 'shared/c.yaml': 'x' })
  t.deepEqual(await differences(clone), ['changed ../shared/c.yaml'])
})

test('S2 · a worktree is compared with its own commit', async t => {
  const playground = aRepository(t)
  aProject(playground)
  playground.git('worktree', 'add', '--quiet', '--detach', 'tree', 'HEAD')
  const tree = at(join(playground.directory, 'tree'))
  playground.commit('two', { 'ml/slipway.yaml': 'x' })
  t.deepEqual(await differences(tree), [])
  tree.write({ 'ml/slipway.yaml': 'y' })
  t.deepEqual(await differences(tree), ['changed slipway.yaml'])
})

test('S2 · hashes of 64 digits are compared', async t => {
  const directory = aFolder(t)
  mkdirSync(directory, { recursive: true })
  const playground = at(directory)
  playground.git('init', '--quiet', '--object-format=sha256')
  aProject(playground)
  t.deepEqual(await differences(playground), [])
  playground.write({ 'ml/slipway.yaml': 'y' })
  t.deepEqual(await differences(playground), ['changed slipway.yaml'])
})

// It changes the environment, so not side by side with others.
test.serial('S2 · a thousand files cost no process each', async t => {
  const origin = aRepository(t)
  const files = Array.from({ length: 1000 }, (_, index) => [
    `ml/endpoints/e${index}.yaml`,
    `e${index}\n`,
  ])
  origin.commit('one', { 'ml/slipway.yaml': 'p\n', ...Object.fromEntries(files) })
  const clone = aClone(t, origin, '--config', 'core.autocrlf=true')
  const folder = aFolder(t)
  const git = execFileSync('which', ['git'], { encoding: 'utf8' }).trim()
  writeFileSync(
    join(folder, 'git'),
    `#!/bin/sh\necho "$PWD $*" >> ${folder}/log\nexec ${git} "$@"\n`,
    {
      mode: 0o755,
    },
  )
  const project = join(clone.directory, 'ml')
  const repository = await openRepository(project)
  const seen = await readAll(project)
  const path = process.env['PATH']
  process.env['PATH'] = `${folder}:${path}`
  t.teardown(() => (process.env['PATH'] = path))
  t.deepEqual(await repository.differences({ revision: 'HEAD', seen }), [])
  const commands = readFileSync(join(folder, 'log'), 'utf8').split('\n')
  t.true(commands.filter(line => line.startsWith(`${clone.directory} `)).length <= 3)
})

test('what was read is judged by folder, name and content', t => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const seen: Seen = {
    prefix: '',
    files: new Map([
      ['slipway.yaml', bytes('p')],
      ['endpoints/a.yaml', bytes('a')],
      ['endpoints/new.yaml', bytes('n')],
    ]),
    links: new Map([['endpoints/l.yaml', 'a.yaml']]),
    folders: new Set(['endpoints']),
    absent: new Set(['models.yaml']),
    reached: new Set(),
    behind: new Map(),
  }
  const stored = new Map([
    ['endpoints/a.yaml', { type: 'file', hash: 'other' }],
    ['endpoints/gone.yaml', { type: 'file', hash: 'x' }],
    ['endpoints/.hidden.yaml', { type: 'file', hash: 'x' }],
    ['endpoints/notes.md', { type: 'file', hash: 'x' }],
    ['endpoints/team', { type: 'repository', hash: 'x' }],
    ['endpoints/folder', { type: 'link', hash: 'x' }],
    ['endpoints/l.yaml', { type: 'link', hash: 'a.yaml' }],
    ['models.yaml', { type: 'file', hash: 'x' }],
    ['slipway.yaml', { type: 'file', hash: 'p' }],
  ] as const)
  const hashOf = (content: Uint8Array) => new TextDecoder().decode(content)
  t.deepEqual(compareSeen({ seen, stored, hashOf }), {
    added: ['endpoints/new.yaml'],
    changed: ['endpoints/a.yaml'],
    missing: ['endpoints/gone.yaml', 'endpoints/team', 'endpoints/folder', 'models.yaml'],
  })
})
