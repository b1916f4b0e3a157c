import { execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import test from 'ava'
import { SOURCES } from './support/cli.ts'
import { installedPackage, installPackage } from './support/installed.ts'

/** The package as users get it: packed, installed into a project of theirs, and used. */

const ROOT = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'slipway-package-'))
/** With the package of this run, and files of its own. */
const consumer = join(folder, 'user')
const environment = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH']}` }

let installed = ''

test.before(t => {
  t.timeout(180_000)
  const found = installedPackage() ?? installPackage(folder)
  write('user/package.json', '{"name": "consumer", "version": "1.0.0", "type": "module"}')
  installed = found.package
  symlinkSync(join(found.consumer, 'node_modules'), join(consumer, 'node_modules'))
})

test.after.always(() => rmSync(folder, { recursive: true, force: true }))

test('the command line starts, under both of its names', t => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  for (const name of ['slipway', 'kubectl-slipway']) {
    t.is(run(`node_modules/.bin/${name}`, ['--version'], consumer), `${version}\n`)
  }
})

test('the library loads and renders a project', t => {
  write('project/slipway.yaml', PROJECT)
  write('project/endpoints/chat.yaml', ENDPOINT)
  write('user/library.ts', LIBRARY)
  t.is(run(process.execPath, ['library.ts'], consumer), 'Deployment chat\nService chat-svc\n')
})

test('P1 · every chunk of the library loads with the package’s own dependencies alone', t => {
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  const beside = readdirSync(join(consumer, 'node_modules')).filter(name => !name.startsWith('.'))
  t.deepEqual(Object.keys(dependencies), ['cdk8s', 'cdk8s-plus-28', 'constructs', 'zod'])
  t.true(beside.length <= 12, beside.join())
  const chunks = readdirSync(join(installed, 'dist/src/chunks'))
  t.true(chunks.length > 20)
  const imports = chunks.map(chunk => `await import('./dist/src/chunks/${chunk}')`)
  const code = ['--input-type=module', '--eval', `${imports.join('\n')}\nconsole.log('loaded')`]
  t.is(run(process.execPath, code, installed), 'loaded\n')
})

test('the bundled command line renders what the sources render', t => {
  write('project/slipway.yaml', PROJECT)
  write('project/endpoints/chat.yaml', ENDPOINT)
  const project = join(folder, 'project')
  const bundled = run(join(consumer, 'node_modules/.bin/slipway'), ['render'], project)
  const sources = run(process.execPath, [SOURCES, 'render'], project)
  t.regex(bundled, /kind: Deployment/)
  t.is(bundled, sources)
})

test('P1 · what is loaded lazily from CommonJS packages works in the bundle', t => {
  const slipway = join(consumer, 'node_modules/.bin/slipway')
  write('broken/slipway.yaml', PROJECT)
  write('broken/endpoints/chat.yaml', ENDPOINT)
  t.regex(run(slipway, ['rbac'], join(folder, 'broken')), /^kind: Role$/m)
  write('broken/endpoints/x.yaml', 'a: [\n')
  const error = t.throws(() => run(slipway, ['validate'], join(folder, 'broken')))
  t.is(Reflect.get(error, 'status'), 1)
  t.regex(String(Reflect.get(error, 'stderr')), /x\.yaml:2:1: error: a \{ or \[ opened above/)
})

test('init writes the workflows of the package, into a project that validates', t => {
  mkdirSync(join(folder, 'new'))
  const slipway = join(consumer, 'node_modules/.bin/slipway')
  run(slipway, ['init', '--name', 'shop'], join(folder, 'new'))
  run('diff', ['-r', join(ROOT, 'templates/github'), '.github'], join(folder, 'new'))
  t.regex(run(slipway, ['validate'], join(folder, 'new')), /^production: valid \(1 endpoint/)
})

test('programs of users type-check, and one with the constructs runs', t => {
  write('user/app.ts', PROGRAM)
  write('user/library.ts', LIBRARY)
  write('user/tsconfig.json', TSCONFIG)
  run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.'], consumer)
  const kinds = run(process.execPath, ['app.ts'], consumer)
  t.is(kinds, 'Deployment chat\nService chat-svc\n')
})

test('examples/cdk8s-app type-checks, and writes endpoints beside objects of its own', t => {
  const example = join(folder, 'example')
  cpSync(join(ROOT, 'examples/cdk8s-app'), example, { recursive: true })
  symlinkSync(join(consumer, 'node_modules'), join(example, 'node_modules'))
  write('example/tsconfig.json', TSCONFIG)
  run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.'], example)
  run(process.execPath, ['main.ts'], example)
  const production = readFileSync(join(example, 'dist/risk-production.k8s.yaml'), 'utf8')
  const kinds = production.match(/^kind: .*$/gm) ?? []
  t.deepEqual(kinds.toSorted(), [
    'kind: ConfigMap',
    'kind: Deployment',
    'kind: InferenceService',
    'kind: PodDisruptionBudget',
    'kind: Service',
    'kind: Service',
  ])
  t.regex(production, /namespace: risk-production/)
  t.notRegex(production, /namespace: risk-staging/)
})

test('types of the constructs refuse what the spec refuses', t => {
  write('wrong/app.ts', PROGRAM.replace('image:', 'imagge:'))
  write('wrong/tsconfig.json', TSCONFIG)
  symlinkSync(join(consumer, 'node_modules'), join(folder, 'wrong/node_modules'))
  write('wrong/package.json', '{"type": "module"}')
  const tsc = [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.']
  const error = t.throws(() => run(process.execPath, tsc, join(folder, 'wrong')))
  t.regex(String(Reflect.get(error, 'stdout')), /imagge/)
})

test('the package holds no sources, tests or scripts', t => {
  const paths = packedFiles()
  const expected =
    /^(bin|dist|docs|endpoints|sandbox|schemas|templates)\/|^(package\.json|[A-Z]+\.md|LICENSE)$/
  t.deepEqual(
    paths.filter(path => !expected.test(path)),
    [],
  )
  t.deepEqual(
    paths.filter(path => path.endsWith('.ts') && !path.endsWith('.d.ts')),
    [],
  )
  for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md']) t.true(paths.includes(file), file)
})

test('P2 · every link of its pages leads to a file of the package, or out by an address', t => {
  const files = new Set(packedFiles())
  const pages = [...files].filter(file => file.endsWith('.md'))
  t.true(pages.length > 20)
  const dead = pages.flatMap(page =>
    linksOf(page)
      .filter(link => !isAddress(link) && !leadsTo(files, join(dirname(page), link)))
      .map(link => `${page}: ${link}`),
  )
  t.deepEqual(dead, [])
})

/** Of its own pages; which test proves what is read in the repository. */
function linksOf(page: string): string[] {
  const text = readFileSync(join(installed, page), 'utf8')
  const links = [...text.matchAll(/\]\(([^)\s#]+)(#[^)]*)?\)/g)].map(([, link = '']) => link)
  return links.filter(link => !link.startsWith('../test/'))
}

function isAddress(link: string): boolean {
  return link.startsWith('https://')
}

function leadsTo(files: Set<string>, path: string): boolean {
  return files.has(path) || [...files].some(file => file.startsWith(`${path.replace(/\/$/, '')}/`))
}

function packedFiles(): string[] {
  const listing = run('find', ['.', '-type', 'f'], installed).trim().split('\n')
  return listing.map(path => path.slice('./'.length))
}

test('an old Node is told what is needed', t => {
  const launcher = readFileSync(join(ROOT, 'bin/slipway.js'), 'utf8')
  write('old/bin/slipway.js', launcher.replace('process.versions.node', "'18.19.0'"))
  write('old/package.json', '{"type": "module"}')
  const error = t.throws(() => run(process.execPath, ['bin/slipway.js'], join(folder, 'old')))
  t.is(Reflect.get(error, 'status'), 2)
  t.regex(
    String(Reflect.get(error, 'stderr')),
    /slipway needs Node 24 or newer; .*\n  do: .*node@24/,
  )
})

function run(command: string, args: string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe', env: environment })
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

const PROJECT = `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: {name: models}
spec:
  environments:
    test: {namespace: models}
`

const ENDPOINT = `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: chat}
spec:
  image: registry.example.com/chat:v1
  resources: {cpu: 1, memory: 2Gi}
`

const PROGRAM = `import { App, Chart } from 'cdk8s'
import { Endpoint } from 'slipway/charts'

const chart = new Chart(new App(), 'models')
new Endpoint(chart, 'chat', {
  endpoint: {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'Endpoint',
    metadata: { name: 'chat' },
    spec: { image: 'registry.example.com/chat:v1' },
  },
})
for (const { kind, metadata } of chart.toJson()) console.log(kind, metadata.name)
`

const LIBRARY = `import { loadSet, openFolder, renderSet, SlipwayError } from 'slipway'
import type { EndpointSet } from 'slipway'

const { value, problems } = await loadSet({ source: openFolder('../project'), environment: 'test' })
if (value === undefined) throw new SlipwayError(problems)
const set: EndpointSet = value
for (const { object } of renderSet(set).objects) console.log(object.kind, object.metadata.name)
`

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    module: 'nodenext',
    target: 'es2024',
    lib: ['es2024', 'dom'],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  },
})
