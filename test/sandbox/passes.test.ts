import test from 'ava'
import { engineVersions } from '../engines/binaries.ts'
import { only, passesOf, titleOf } from '../support/passes.ts'
import { isQuick, testFiles } from '../support/test-files.ts'
import { testedPage } from '../support/tested.ts'

/** Which files run on which versions. */

const KNOWN = {
  kubernetes: ['1.34.4', '1.37.2'],
  kserve: ['0.16.0', '0.17.0', '0.20.0'],
  defaultKubernetes: '1.37.2',
}
const FILES = [
  { file: 'test/pure.test.ts', text: "test('a', t => t.pass())" },
  { file: 'test/e2e/pods.test.ts', text: "const { serial } = sandboxTest(test)\nserial('a', …)" },
  { file: 'test/e2e/own.test.ts', text: 'const sandbox = await ownSandbox(t)' },
  { file: 'test/e2e/isvc.test.ts', text: "sandboxTest(test)\nkserve(\n  'a',\n…)" },
]
const shown = (level: 'ci' | 'all', files = FILES) =>
  passesOf(files, KNOWN, level).map(pass => [titleOf(pass), pass.versions.onlyKserve, pass.files])

const CI = [
  ['Kubernetes 1.37.2, KServe 0.20.0', false, FILES.map(({ file }) => file)],
  ['Kubernetes 1.37.2, KServe 0.16.0', true, ['test/e2e/isvc.test.ts']],
]

const LONG = [
  { file: 'test/e2e/away.test.ts', text: "sandboxTest({ addons: ['keda'] })\nkserve('a', …)" },
  { file: 'test/e2e/dead.test.ts', text: "sandboxTest()\nkserve('a', killedEverywhere({}))" },
]

test('CI leaves out on the oldest KServe what takes long; where all is run, nothing', t => {
  const filesOf = (level: 'ci' | 'all') => shown(level, [...FILES, ...LONG])[1]?.[2]
  t.deepEqual(filesOf('ci'), ['test/e2e/isvc.test.ts'])
  t.deepEqual(filesOf('all'), ['test/e2e/isvc.test.ts', ...LONG.map(({ file }) => file)])
})

test('CI runs everything on the newest KServe, and KServe’s tests on the oldest', t => {
  t.deepEqual(shown('ci'), CI)
})

test('all versions: KServe’s tests on those between, those of a control plane on the other Kubernetes', t => {
  t.deepEqual(shown('all'), [
    ...CI,
    ['Kubernetes 1.37.2, KServe 0.17.0', true, ['test/e2e/isvc.test.ts']],
    ['Kubernetes 1.34.4, KServe 0.20.0', false, FILES.slice(1).map(({ file }) => file)],
  ])
})

test('engines of others play on the newest and the oldest KServe', t => {
  const engine = { file: 'test/engines/flux.test.ts', text: "kserve(\n  'a',\n…)" }
  const titles = CI.map(([title]) => `${String(title)}, engines`)
  const passes = passesOf([...FILES, engine], KNOWN, 'all')
  t.deepEqual(passes.slice(-2).map(titleOf), titles)
  t.deepEqual(passesOf([engine], KNOWN, 'ci').map(titleOf), titles)
  t.true(passes.slice(0, -2).every(({ files }) => !files.includes(engine.file)))
  t.deepEqual(only(['1.37.2/0.20.0/engines'], passes).map(titleOf), titles.slice(0, 1))
  t.deepEqual(only(['1.37.2/0.20.0'], passes).map(titleOf), ['Kubernetes 1.37.2, KServe 0.20.0'])
  t.deepEqual(only(['1.37.2/0.20.0'], passesOf([engine], KNOWN, 'ci')).length, 1)
})

test('files that use no KServe are run once', t => {
  t.deepEqual(shown('ci', FILES.slice(0, 2)).length, 1)
})

test('a pass can be run alone', t => {
  const passes = passesOf(FILES, KNOWN, 'all')
  t.deepEqual(only(['1.34.4/0.20.0'], passes).map(titleOf), ['Kubernetes 1.34.4, KServe 0.20.0'])
  t.is(only([], passes).length, passes.length)
  t.throws(() => only(['1.30.0/0.20.0'], passes), { message: /there is no pass 1\.30\.0/ })
})

test('engines of others are run where all is tested, and where they are named', t => {
  const engines = (names: string[], withEngines?: boolean) =>
    testFiles(names, withEngines === undefined ? {} : { withEngines })
      .map(({ file }) => file)
      .filter(file => file.startsWith('test/engines/'))
  t.deepEqual(engines([]), [])
  t.true(engines([], true).length > 0)
  t.deepEqual(engines(['test/engines']), engines([], true))
  const versions = engineVersions()
  t.true(versions.some(each => each.startsWith('kustomize-controller ')))
  for (const engine of versions) t.regex(engine, /^[a-z./-]+ v\d+\.\d+\.\d+$/)
})

test('the page of results says of each pass when, where and how many', t => {
  const results = passesOf(FILES, KNOWN, 'ci').map((pass, index) => ({
    title: titleOf(pass),
    summary: `${index + 2} passed, 0 failed`,
    pass,
  }))
  const page = testedPage(results, { date: new Date('2026-01-02T03:04:05Z'), commit: 'abc123' })
  t.regex(
    page,
    /\| 1\.37\.2 \| 0\.20\.0 \| 4 files.* \| 2 passed, 0 failed \| 2026-01-02 \| abc123 \|/,
  )
  t.regex(page, /\| 1\.37\.2 \| 0\.16\.0 \| 1 files.* \| 3 passed, 0 failed \|/)
  const later = { date: new Date('2026-02-03T00:00:00Z'), commit: 'def456' }
  const engines = ['kustomize-controller v1.9.0', 'crane v0.21.6']
  t.notRegex(testedPage(results, { ...later, engines }), /crane/, 'none has played')
  const next = testedPage(results.slice(1), later, page)
  t.regex(
    next,
    /\| 1\.37\.2 \| 0\.20\.0 \| .* abc123 \|\n\| 1\.37\.2 \| 0\.16\.0 \| .* def456 \|\n$/,
  )
})

test('engines have rows of their own in it', t => {
  const pass = passesOf(FILES, KNOWN, 'ci')[0]!
  const results = [pass, { ...pass, engines: true }].map(each => ({
    title: titleOf(each),
    summary: '1 passed, 0 failed',
    pass: each,
  }))
  const engines = ['kustomize-controller v1.9.0', 'crane v0.21.6']
  const seen = { date: new Date('2026-01-02T03:04:05Z'), commit: 'abc123', engines }
  const page = testedPage(results, seen)
  t.is(page.match(/\| 1\.37\.2 \| 0\.20\.0 \|/g)?.length, 2)
  t.regex(page, /4 files, with the engines of others/)
  t.regex(
    page,
    /\n\nThe engines are the real kustomize-controller v1\.9\.0 and crane v0\.21\.6\.\n$/,
  )
})

test('what starts nothing and is soon done is quick', t => {
  const [tables, fuzz, yaml, git] = [
    'test/schema/tables.test.ts',
    'test/spec/fuzz.test.ts',
    'test/spec/yaml.test.ts',
    'test/git/links.test.ts',
  ].map(file => testFiles([file]).every(each => isQuick(each)))
  // The tables come from pinned modules, which scripts/schemas lets Go find.
  t.deepEqual({ tables, fuzz, yaml, git }, { tables: false, fuzz: false, yaml: true, git: false })
})
