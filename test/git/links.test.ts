import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { openRepository, recordedIn } from '../../src/git/index.ts'
import type { Problem } from '../../src/problem/index.ts'
import { loadSet, openFolder, type Source } from '../../src/spec/index.ts'
import { endpointFile, projectFile } from '../spec/support.ts'
import { aClone, aFolder, aRepository, type Playground } from './playground.ts'

/** A work tree and its commit are read alike: what a link leads to is the same endpoint, or the same refusal. */

const CHAT = endpointFile('image: registry.example.com/chat:v1')
const RAG = endpointFile('image: registry.example.com/rag:v1').replace('name: chat', 'name: rag')

interface Read {
  endpoints: string[] | undefined
  problems: string[]
}

const worded = ({ place, message }: Problem) => `${place?.file}: ${message}`

async function readAll(source: Source): Promise<Read> {
  const { value, problems } = await loadSet({ source })
  return {
    endpoints: value?.endpoints.map(({ name }) => name).toSorted(),
    problems: problems.map(worded),
  }
}

function fromDisk(project: string): Source {
  return openFolder(project, { recorded: () => recordedIn(project) })
}

async function readBoth(t: ExecutionContext, playground: Playground, folder = 'ml'): Promise<Read> {
  const project = join(playground.directory, folder)
  const repository = await openRepository(project)
  const [disk, commit] = await Promise.all([
    readAll(fromDisk(project)),
    readAll(await repository.sourceAt('HEAD', project)),
  ])
  const plain = JSON.stringify(commit).replace(/HEAD@\w+/g, project)
  t.deepEqual(JSON.parse(plain), JSON.parse(JSON.stringify(disk)))
  return disk
}

interface Case {
  /** Beside ml/slipway.yaml and ml/endpoints/rag.yaml; null takes a file away. */
  files?: Record<string, string | null>
  links: Record<string, string>
  endpoints?: string[]
  refused?: RegExp
}

const CASES: Record<string, Case> = {
  'a file beside it': {
    files: { 'ml/endpoints/chat.txt': CHAT },
    links: { 'ml/endpoints/chat.yaml': 'chat.txt' },
    endpoints: ['chat', 'rag'],
  },
  'a file elsewhere in the project': {
    files: { 'ml/shared/chat.yaml': CHAT },
    links: { 'ml/endpoints/chat.yaml': '../shared/chat.yaml' },
    endpoints: ['chat', 'rag'],
  },
  'a file elsewhere in the repository': {
    files: { 'common/chat.yaml': CHAT },
    links: { 'ml/endpoints/chat.yaml': '../../common/chat.yaml' },
    endpoints: ['chat', 'rag'],
  },
  'the folder of the endpoints': {
    files: { 'ml/endpoints/rag.yaml': null, 'common/endpoints/chat.yaml': CHAT },
    links: { 'ml/endpoints': '../common/endpoints' },
    endpoints: ['chat'],
  },
  'a folder of endpoints': {
    files: { 'common/team/deep/chat.yaml': CHAT },
    links: { 'ml/endpoints/team': '../../common/team' },
    endpoints: ['chat', 'rag'],
  },
  'the project file': {
    files: { 'ml/slipway.yaml': null, 'common/project.yaml': projectFile() },
    links: { 'ml/slipway.yaml': '../common/project.yaml' },
    endpoints: ['rag'],
  },
  'a catalogue': {
    files: {
      'common/models.yaml':
        'apiVersion: slipway.dev/v1alpha1\nkind: ModelCatalogue\nspec: {modles: {}}\n',
    },
    links: { 'ml/models.yaml': '../common/models.yaml' },
    refused: /^models\.yaml: .*modles/,
  },
  'a chain of links': {
    files: { 'common/real/chat.yaml': CHAT },
    links: {
      'ml/endpoints/chat.yaml': '../hop/chat.yaml',
      'ml/hop': '../common/hop',
      'common/hop': 'real',
    },
    endpoints: ['chat', 'rag'],
  },
  'a folder above itself, once': {
    links: { 'ml/endpoints/again': '..' },
    files: { 'ml/models.yaml': null },
    refused: /again\/slipway\.yaml/,
  },
  'the same folder, in a loop': {
    links: { 'ml/endpoints/again': '.' },
    endpoints: ['rag'],
  },
  'one file by two names': {
    links: { 'ml/endpoints/other.yaml': 'rag.yaml' },
    refused: /two endpoints|duplicate|already/i,
  },
  'a circle of links': {
    links: { 'ml/endpoints/a.yaml': 'b.yaml', 'ml/endpoints/b.yaml': 'a.yaml' },
    refused: /^endpoints\/a\.yaml: .*circle/,
  },
  'a link to itself': {
    links: { 'ml/endpoints/a.yaml': 'a.yaml' },
    refused: /^endpoints\/a\.yaml: .*circle/,
  },
  'nothing, as an endpoint': {
    links: { 'ml/endpoints/chat.yaml': 'gone.yaml' },
    refused: /^endpoints\/chat\.yaml: .*it leads nowhere/,
  },
  'nothing, as a folder of endpoints': {
    links: { 'ml/endpoints/team': '../../common/team' },
    refused: /^endpoints\/team: .*it leads nowhere/,
  },
  'nothing, as the folder of the endpoints': {
    files: { 'ml/endpoints/rag.yaml': null },
    links: { 'ml/endpoints': '../common/endpoints' },
    refused: /^endpoints: .*it leads nowhere/,
  },
  'nothing, as a catalogue': {
    links: { 'ml/models.yaml': '../common/models.yaml' },
    refused: /^models\.yaml: .*it leads nowhere/,
  },
  'nothing, as the project file': {
    files: { 'ml/slipway.yaml': null },
    links: { 'ml/slipway.yaml': 'gone.yaml' },
    refused: /^slipway\.yaml: .*it leads nowhere/,
  },
  'a place outside the repository': {
    links: { 'ml/endpoints/chat.yaml': '../../../chat.yaml' },
    refused: /^endpoints\/chat\.yaml: .*leads out of the repository/,
  },
  'out and in again': {
    links: { 'ml/endpoints/chat.yaml': '../../../clone/ml/endpoints/rag.yaml' },
    refused: /leads out of the repository/,
  },
  'an absolute path': {
    links: { 'ml/endpoints/chat.yaml': '/etc/hostname' },
    refused: /leads out of the repository, to \/etc\/hostname/,
  },
  'a file below a file': {
    links: { 'ml/endpoints/chat.yaml': 'rag.yaml/chat.yaml' },
    refused: /^endpoints\/chat\.yaml: .*it leads nowhere/,
  },
  'a hidden lock of an editor': {
    links: { 'ml/endpoints/.#rag.yaml': 'ada@laptop.4711' },
    endpoints: ['rag'],
  },
}

function arrange(playground: Playground, { files = {}, links }: Case): void {
  const at = (path: string) => join(playground.directory, path)
  playground.write({ 'ml/slipway.yaml': projectFile(), 'ml/endpoints/rag.yaml': RAG })
  for (const [path, text] of Object.entries(files)) {
    if (text === null) rmSync(at(path), { force: true })
    else playground.write({ [path]: text })
  }
  if ('ml/endpoints' in links) rmSync(at('ml/endpoints'), { recursive: true, force: true })
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(at(path)), { recursive: true })
    symlinkSync(target, at(path))
  }
}

for (const [name, example] of Object.entries(CASES)) {
  test(`S1 · a link to ${name} is read alike from the work tree and from the commit`, async t => {
    const playground = aRepository(t)
    arrange(playground, example)
    playground.commit('one')
    const { endpoints, problems } = await readBoth(t, playground)
    if (example.refused === undefined) {
      t.deepEqual(endpoints, example.endpoints, problems.join('\n'))
      return
    }
    t.is(endpoints, undefined)
    t.true(
      problems.some(problem => example.refused?.test(problem)),
      problems.join('\n'),
    )
  })
}

const WITHOUT_LINKS = [
  'a folder of endpoints',
  'the folder of the endpoints',
  'a file elsewhere in the project',
  'the project file',
  'a catalogue',
  'a chain of links',
]

for (const name of WITHOUT_LINKS) {
  test(`S1 · a clone without symbolic links reads the same: a link to ${name}`, async t => {
    const playground = aRepository(t)
    arrange(playground, CASES[name] as Case)
    playground.commit('one')
    const clone = aClone(t, playground, '--config', 'core.symlinks=false')
    const { endpoints, problems } = await readBoth(t, clone)
    t.deepEqual(endpoints, CASES[name]?.endpoints, problems.join('\n'))
  })
}

test('S1 · a file of one line that is no link in git is a file', async t => {
  const playground = aRepository(t)
  playground.commit('one', {
    'ml/slipway.yaml': projectFile(),
    'ml/endpoints/rag.yaml': RAG,
    'ml/endpoints/chat.yaml': 'rag.yaml',
  })
  const { endpoints, problems } = await readBoth(t, playground)
  t.is(endpoints, undefined)
  t.regex(problems.join('\n'), /chat\.yaml: this document is/)
})

const SUBMODULES: Record<string, (playground: Playground, folder: string) => void> = {
  'not even a folder': ({ directory }, folder) =>
    rmSync(join(directory, 'ml', folder), { recursive: true }),
  'checked out': () => {},
  'not checked out': playground => playground.git('submodule', 'deinit', '--force', '--all'),
}

for (const [state, change] of Object.entries(SUBMODULES)) {
  for (const folder of ['endpoints', 'endpoints/team', 'vendor']) {
    test(`S1 · a submodule at ${folder}, ${state}, is refused by both`, async t => {
      const inner = aRepository(t)
      inner.commit('inner', { 'chat.yaml': CHAT })
      const playground = aRepository(t)
      playground.write({ 'ml/slipway.yaml': projectFile() })
      if (folder !== 'endpoints') playground.write({ 'ml/endpoints/rag.yaml': RAG })
      playground.git('submodule', '--quiet', 'add', inner.directory, `ml/${folder}`)
      if (folder === 'vendor')
        symlinkSync('../vendor/chat.yaml', join(playground.directory, 'ml/endpoints/chat.yaml'))
      playground.commit('one')
      change(playground, folder)
      const { endpoints, problems } = await readBoth(t, playground)
      t.is(endpoints, undefined)
      t.regex(problems.join('\n'), new RegExp(`ml/${folder} is a repository of its own`))
    })
  }
}

test('S1 · a repository cloned into the folder of the endpoints is refused', async t => {
  const inner = aRepository(t)
  inner.commit('inner', { 'chat.yaml': CHAT })
  const playground = aRepository(t)
  playground.commit('one', { 'slipway.yaml': projectFile(), 'endpoints/rag.yaml': RAG })
  playground.git('clone', '--quiet', inner.directory, 'endpoints/team')
  const { endpoints, problems } = await readAll(fromDisk(playground.directory))
  t.is(endpoints, undefined)
  t.regex(problems.join('\n'), /endpoints\/team is a repository of its own/)
})

test('S1 · a project that is itself a submodule is read like any other', async t => {
  const inner = aRepository(t)
  inner.commit('inner', { 'slipway.yaml': projectFile(), 'shared/chat.yaml': CHAT })
  mkdirSync(join(inner.directory, 'endpoints'))
  symlinkSync('../shared/chat.yaml', join(inner.directory, 'endpoints/chat.yaml'))
  inner.commit('link')
  const playground = aRepository(t)
  playground.git('submodule', '--quiet', 'add', inner.directory, 'ml')
  playground.commit('one')
  t.deepEqual((await readBoth(t, playground)).endpoints, ['chat'])
})

test('S1 · outside git links end at the project', async t => {
  const folder = aFolder(t)
  mkdirSync(join(folder, 'ml/endpoints'), { recursive: true })
  writeFileSync(join(folder, 'ml/slipway.yaml'), projectFile())
  writeFileSync(join(folder, 'chat.yaml'), CHAT)
  symlinkSync('../../chat.yaml', join(folder, 'ml/endpoints/chat.yaml'))
  const { endpoints, problems } = await readAll(fromDisk(join(folder, 'ml')))
  t.is(endpoints, undefined)
  t.regex(problems.join('\n'), /leads out of the project, to \.\.\/\.\.\/chat\.yaml/)
})

test('S1 · a folder of endpoints that is a file is no empty folder', async t => {
  const playground = aRepository(t)
  playground.commit('one', { 'ml/slipway.yaml': projectFile(), 'ml/endpoints': 'nothing\n' })
  const { endpoints, problems } = await readBoth(t, playground)
  t.is(endpoints, undefined)
  t.regex(problems.join('\n'), /endpoints is a file, not the folder/)
})

test('S1 · the project is where slipway.yaml is, even as a link that leads nowhere', async t => {
  const playground = aRepository(t)
  playground.write({ 'slipway.yaml': projectFile(), 'endpoints/rag.yaml': RAG })
  mkdirSync(join(playground.directory, 'ml'))
  execFileSync('ln', ['-s', 'gone.yaml', 'ml/slipway.yaml'], { cwd: playground.directory })
  const { findProject } = await import('../../src/spec/index.ts')
  const project = join(playground.directory, 'ml')
  t.is(await findProject(project), project)
})
