import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { parse } from 'yaml'
import { pack, sha256 } from '../../scripts/release/archive.ts'
import { HERE } from '../../scripts/single-file/node-binary.ts'
import { endpointText } from '../support/deployed-project.ts'
import { scratchProject, type Result } from '../support/project.ts'
import { singleFile } from '../support/single-file.ts'
import { evaluateAll, runScript, type Step } from '../support/workflow.ts'

/** The action that other repositories use: each script as it is written, with a release in a folder of this machine. */

const ROOT = resolve(import.meta.dirname, '../..')
const ACTION = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as {
  inputs: Record<string, { default: string }>
  runs: { steps: Step[] }
}
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
const ARCHIVE = `slipway-${HERE}.tar.gz`
const FAST = `slipway-${HERE}.tar.zst`
const PROJECT = `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: {name: shop}
spec:
  environments:
    staging: {namespace: a}
    production: {namespace: b}
`
const folder = mkdtempSync(join(tmpdir(), 'slipway-action-'))
const releases = join(folder, 'releases')
const ARCHITECTURES: Record<string, string> = { x64: 'X64', arm64: 'ARM64' }

test.before(async t => {
  t.timeout(300_000)
  mkdirSync(releases)
  const executable = await singleFile()
  for (const name of [ARCHIVE, FAST]) pack({ executable, archive: join(releases, name) })
  const sums = [ARCHIVE, FAST].map(name => `${sha256(join(releases, name))}  ${name}\n`)
  writeFileSync(join(releases, 'SHA256SUMS'), sums.join(''))
})
test.after.always(() => rmSync(folder, { recursive: true, force: true }))

test('P1 · the action installs a version, and the next run takes it from the tool cache', async t => {
  const runner = aRunner()
  t.is((await runner.use({ downloads: `file://${releases}` })).code, 0)
  t.is(runner.read('output'), `version=${version}\n`)
  t.is((await runner.run('slipway --version')).stdout, `${version}\n`)
  const again = await runner.use({ downloads: 'file:///nowhere' })
  t.is(again.code, 0, again.stdout)
})

test('P1 · the action takes the archive that is unpacked sooner where it can, else the other', async t => {
  const [SUMS, fast] = [readFileSync(join(releases, 'SHA256SUMS'), 'utf8'), join(folder, 'fast')]
  mkdirSync(fast)
  copyFileSync(join(releases, FAST), join(fast, FAST))
  writeFileSync(join(fast, 'SHA256SUMS'), SUMS)
  const sooner = await aRunner().use({ downloads: `file://${fast}` })
  t.is(sooner.code, 0, sooner.stdout)
  const plain = join(folder, 'plain')
  mkdirSync(plain)
  copyFileSync(join(releases, ARCHIVE), join(plain, ARCHIVE))
  writeFileSync(join(plain, 'SHA256SUMS'), `${SUMS.split('\n', 1)[0]}\n`)
  const other = await aRunner().use({ downloads: `file://${plain}` })
  t.is(other.code, 0, other.stdout)
})

test('P1 · the action previews every environment of a pull request, without a cluster', async t => {
  const runner = aRunner()
  const project = await aPullRequest(t)
  const inputs = { downloads: `file://${releases}`, preview: 'staging production' }
  const { code, stdout, stderr } = await runner.use(inputs, project.directory)
  t.is(code, 0, stderr)
  t.is(stdout.match(/chat:v2/g)?.length, 2)
  t.regex(runner.read('summary'), /staging[^]*production/)
})

test('P1 · an invalid project fails its preview, and the others are shown', async t => {
  const runner = aRunner()
  const project = await aPullRequest(t)
  const inputs = { downloads: `file://${releases}`, preview: 'nowhere production' }
  const { code, stdout } = await runner.use(inputs, project.directory)
  t.is(code, 1)
  t.regex(stdout, /^::error/m)
  t.regex(stdout, /chat:v2/)
})

test('P1 · what is not the file of the release is not installed', async t => {
  const runner = aRunner()
  const other = join(folder, 'other')
  mkdirSync(other)
  for (const name of [ARCHIVE, FAST]) writeFileSync(join(other, name), 'something else')
  writeFileSync(join(other, 'SHA256SUMS'), readFileSync(join(releases, 'SHA256SUMS')))
  const { code, stdout } = await runner.use({ downloads: `file://${other}` })
  t.is(code, 1)
  t.regex(stdout, /^::error title=slipway::.*its checksum differs/)
  t.false(existsSync(join(runner.folder, 'tools/slipway')))
})

test('P1 · a version that was not released is told with its address', async t => {
  const runner = aRunner()
  const { code, stdout } = await runner.use({ version: 'v9.9.9', downloads: 'file:///nowhere' })
  t.is(code, 1)
  t.regex(
    stdout,
    /^::error title=slipway::slipway 9\.9\.9 could not be downloaded from file:\/\/\/nowhere/,
  )
})

test('S3 · what is no version gets into no path and into no file of the runner', async t => {
  for (const other of ['1.2.0\n/tmp/other', '../../other', '1.2.0; echo taken']) {
    const runner = aRunner()
    const { code, stdout } = await runner.use({ version: other, downloads: 'file:///nowhere' })
    t.is(code, 1)
    t.is(stdout, '::error title=slipway::The input "version" is not one, such as 1.2.0.\n')
    t.is(runner.read('path'), '')
  }
})

test('P1 · a runner that there is no file for is told so', async t => {
  const runner = aRunner({ RUNNER_OS: 'Windows' })
  const { code, stdout } = await runner.use({})
  t.is(code, 1)
  t.regex(stdout, /There is no slipway for Windows on /)
})

interface Runner {
  folder: string
  /** Runs the action's steps, up to the first that fails. */
  use: (inputs: Record<string, string>, directory?: string) => Promise<Result>
  run: (script: string, more?: RunOptions) => Promise<Result>
  read: (file: 'output' | 'path' | 'summary') => string
}

interface RunOptions {
  env?: Record<string, string>
  directory?: string
}

function aRunner(own: Record<string, string> = {}): Runner {
  const place = mkdtempSync(join(folder, 'runner-'))
  for (const name of ['temp', 'tools']) mkdirSync(join(place, name))
  for (const name of ['path', 'output', 'summary']) writeFileSync(join(place, name), '')
  const read = (file: string) => readFileSync(join(place, file), 'utf8')
  const environment = () => ({
    PATH: [...read('path').split('\n').filter(Boolean), '/usr/bin', '/bin'].join(':'),
    HOME: place,
    RUNNER_OS: process.platform === 'darwin' ? 'macOS' : 'Linux',
    RUNNER_ARCH: ARCHITECTURES[process.arch] ?? '',
    RUNNER_TEMP: join(place, 'temp'),
    RUNNER_TOOL_CACHE: join(place, 'tools'),
    GITHUB_ACTIONS: 'true',
    GITHUB_PATH: join(place, 'path'),
    GITHUB_OUTPUT: join(place, 'output'),
    GITHUB_STEP_SUMMARY: join(place, 'summary'),
    GITHUB_SERVER_URL: 'https://github.example.com',
    ...own,
  })
  const run = (script: string, { env = {}, directory = place }: RunOptions = {}) =>
    runScript(script, directory, { ...environment(), ...env })
  const use = async (inputs: Record<string, string>, directory = place) => {
    const all: Result = { code: 0, stdout: '', stderr: '' }
    for (const step of ACTION.runs.steps) {
      if (step.if !== undefined && !inputs['preview']) continue
      const { code, stdout, stderr } = await run(step.run ?? '', {
        env: envOf(step, inputs),
        directory,
      })
      Object.assign(all, { code, stdout: all.stdout + stdout, stderr: all.stderr + stderr })
      if (code !== 0) break
    }
    return all
  }
  return { folder: place, read, run, use }
}

/** With the few expressions that the action has. */
function envOf({ env = {} }: Step, inputs: Record<string, string>): Record<string, string> {
  const values: Record<string, string> = {
    'github.action_repository': 'somebody/slipway',
    'github.action_path': ROOT,
    ...Object.fromEntries(
      Object.entries(ACTION.inputs).map(([name, input]) => [
        `inputs.${name}`,
        inputs[name] ?? input.default,
      ]),
    ),
  }
  return evaluateAll(env, values)
}

/** Its merge is checked out, as GitHub does it. */
async function aPullRequest(t: ExecutionContext) {
  const files = { 'slipway.yaml': PROJECT, 'endpoints/chat.yaml': endpointText('chat') }
  const project = await scratchProject({ files })
  t.teardown(project.dispose)
  await project.commit('The beginning')
  await project.git('checkout', '--quiet', '-b', 'change')
  await project.edit('endpoints/chat.yaml', ':v1', ':v2')
  await project.commit('The change')
  await project.git('checkout', '--quiet', 'main')
  await project.git('merge', '--quiet', '--no-ff', '--message', 'The merge', 'change')
  return project
}
