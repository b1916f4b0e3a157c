import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import test, { type ExecutionContext } from 'ava'
import { parse, parseAllDocuments, stringify } from 'yaml'
import { formatRef, refOf, type KubeObject } from '../../src/object/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { loadSet, openFolder } from '../../src/spec/index.ts'

const run = promisify(execFile)
const ROOT = resolve(import.meta.dirname, '../..')
const CASES = join(ROOT, 'test/render/golden')

test('cdk8s synth gives the objects of slipway render', async t => {
  const project = await aProject(t)
  await synth(project, 'dev')
  const { value } = await loadSet({ source: openFolder(project), environment: 'dev' })
  t.truthy(value)
  const expected = value === undefined ? [] : renderSet(value).objects.map(({ object }) => object)
  t.deepEqual(byRef(await manifests(project)), byRef(expected))
  t.true(expected.length >= 10)
})

test('SLIPWAY_ENV chooses the environment; what is wrong is said and nothing written', async t => {
  const project = await aProject(t)
  await synth(project, 'production')
  t.true((await manifests(project)).some(({ metadata }) => metadata.namespace === 'llm-production'))
  await rm(join(project, 'manifests'), { recursive: true })
  await writeFile(join(project, 'endpoints/iris.yaml'), 'kind: Endpoint\n')
  const { stderr } = await t.throwsAsync<Error & { stderr: string }>(synth(project, 'dev'))
  t.regex(stderr, /endpoints\/iris\.yaml:\d+:\d+: /)
  t.deepEqual(await manifests(project), [])
})

/** The repository's own cdk8s.yaml, in a project of golden cases. */
async function aProject(t: ExecutionContext): Promise<string> {
  const project = await mkdtemp(join(tmpdir(), 'slipway-synth-'))
  t.teardown(() => rm(project, { recursive: true }))
  await mkdir(join(project, 'endpoints'))
  for (const name of [
    'five-lines-deployment',
    'crowded-gpus',
    'serverless',
    'external',
    'patched',
  ]) {
    const { metadata } = parse(await readFile(join(CASES, name, 'endpoint.yaml'), 'utf8')) as {
      metadata: { name: string }
    }
    await cp(join(CASES, name, 'endpoint.yaml'), join(project, `endpoints/${metadata.name}.yaml`))
  }
  const environments = { dev: { namespace: 'llm' }, production: { namespace: 'llm-production' } }
  const head = { apiVersion: 'slipway.dev/v1alpha1', kind: 'Project', metadata: { name: 'models' } }
  await writeFile(join(project, 'slipway.yaml'), stringify({ ...head, spec: { environments } }))
  const { app, ...cdk8s } = parse(await readFile(join(ROOT, 'cdk8s.yaml'), 'utf8')) as {
    app: string
  }
  const here = { ...cdk8s, app: app.replace('src/cdk8s-app.ts', join(ROOT, 'src/cdk8s-app.ts')) }
  await writeFile(join(project, 'cdk8s.yaml'), stringify(here))
  return project
}

async function synth(project: string, environment: string): Promise<{ stderr: string }> {
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter)
  return run(join(ROOT, 'node_modules/.bin/cdk8s'), ['synth', '--check-upgrade=false'], {
    cwd: project,
    env: { ...process.env, PATH: path, SLIPWAY_ENV: environment },
  })
}

async function manifests(project: string): Promise<KubeObject[]> {
  const folder = join(project, 'manifests')
  const files = await readdir(folder).catch(() => [])
  const texts = await Promise.all(files.map(file => readFile(join(folder, file), 'utf8')))
  return texts.flatMap(text =>
    parseAllDocuments(text).map(document => document.toJS() as KubeObject),
  )
}

function byRef(objects: readonly KubeObject[]): Record<string, KubeObject> {
  return Object.fromEntries(objects.map(object => [formatRef(refOf(object)), object]))
}
