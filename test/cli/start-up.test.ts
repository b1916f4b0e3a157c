import test from 'ava'
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CLI } from '../support/cli.ts'
import { anHttpServer } from '../support/http-server.ts'
import { installedPackage, readBundle } from '../support/installed.ts'
import type { ScratchProject } from '../support/project.ts'
import { shop } from './scratch.ts'

/** What a command loads decides how fast it starts: packages that it does not need must not be among it. */

const run = promisify(execFile)

/** Writes every loaded module's URL to stderr, and at the end Node's own list into a file. */
const SPY = `
import { registerHooks } from 'node:module'
import { writeFileSync, writeSync } from 'node:fs'
registerHooks({
  load(url, context, next) {
    writeSync(2, 'LOADED ' + url + '\\n')
    return next(url, context)
  },
})
const list = new URL('built-in.json', import.meta.url)
process.on('exit', () => writeFileSync(list, JSON.stringify(process.moduleLoadList)))
`

let project: ScratchProject
test.before(async () => {
  project = await shop()
  await writeFile(join(project.directory, 'spy.mjs'), SPY)
})
test.after.always(() => project.dispose())

async function loadedBy(...args: string[]): Promise<string[]> {
  const urls = (await spyOn(args)).filter(line => line.startsWith('LOADED '))
  const packages = urls.flatMap(line => filesIn(line)).map(file => PACKAGE.exec(file)?.[1])
  return [...new Set(packages.filter(name => name !== undefined))].toSorted()
}

const PACKAGE = /node_modules\/((?:@[^/]+\/)?[^/]+)\//
const found = installedPackage()
const chunks = found === undefined ? {} : readBundle(found).outputs

/** Of the package itself: what is in a chunk of its bundle. */
function filesIn(line: string): string[] {
  const [, own] = found === undefined ? [] : line.split(`${found.package}/`)
  if (own === undefined) return [line]
  const parts = Object.entries(chunks[own]?.inputs ?? {})
  return parts.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file)
}

async function spyOn(args: string[]): Promise<string[]> {
  const spy = join(project.directory, 'spy.mjs')
  const command = ['--import', spy, CLI, ...args]
  const options = { cwd: project.directory, maxBuffer: 64 * 1024 * 1024 }
  // The exit code does not matter here.
  const { stderr } = await run(process.execPath, command, options).catch(
    (error: { stderr: string }) => error,
  )
  return stderr.split('\n')
}

test.serial('the spy sees what is loaded', async t => {
  t.true((await loadedBy('--help')).includes('yargs'))
})

test.serial('--version loads no package at all', async t => {
  t.deepEqual(await loadedBy('--version'), [])
})

test.serial('--help loads only what parses the command line', async t => {
  const packages = await loadedBy('--help')
  for (const heavy of ['@kubernetes/client-node', 'cdk8s', 'yaml', 'zod', 'simple-git']) {
    t.false(packages.includes(heavy), heavy)
  }
})

test.serial('validate and render load nothing of a cluster or of git', async t => {
  for (const command of ['validate', 'render']) {
    const packages = await loadedBy(command, '-e', 'dev')
    t.true(packages.includes('zod'), command)
    for (const heavy of ['@kubernetes/client-node', 'simple-git']) {
      t.false(packages.includes(heavy), `${command}: ${heavy}`)
    }
  }
})

test.serial(
  'S4 · CEL is loaded where an environment has rules in it, and nowhere else',
  async t => {
    const cel = ['@marcbachmann/cel-js', 're2js']
    const loaded = await loadedBy('validate', '-e', 'dev')
    t.deepEqual(
      cel.filter(name => loaded.includes(name)),
      [],
    )
    const before = await readFile(join(project.directory, 'slipway.yaml'), 'utf8')
    const rule = '{name: any, expression: object.kind != "Secret"}'
    const changed = before.replace('dev: {}', `dev: {policies: {cel: [${rule}]}}`)
    await project.write('slipway.yaml', changed)
    const packages = await loadedBy('validate', '-e', 'dev')
    t.deepEqual(
      cel.filter(name => packages.includes(name)),
      cel,
    )
    await project.write('slipway.yaml', before)
  },
)

/** What answers speaks no TLS, which nobody tries twice. */
const kubeconfig = (port: number) => `
clusters: [{ name: a, cluster: { server: 'https://127.0.0.1:${port}' } }]
contexts: [{ name: a, context: { cluster: a, user: a } }]
users: [{ name: a, user: { token: a } }]
current-context: a
`

test.serial(
  'a request to an API server loads http, but not the fetch that Node has beside it',
  async t => {
    const { port } = await anHttpServer(t as never, {})
    await project.write('kubeconfig', kubeconfig(port))
    const target = ['--kubeconfig', join(project.directory, 'kubeconfig'), '--context', 'a']
    await spyOn(['status', '-e', 'production', ...target])
    const list = await readFile(join(project.directory, 'built-in.json'), 'utf8')
    const builtIn: string[] = JSON.parse(list)
    t.true(builtIn.includes('NativeModule https'))
    t.deepEqual(
      builtIn.filter(name => name.includes('undici')),
      [],
    )
  },
)

test.serial('a project that is invalid is not rendered: cdk8s is not loaded', async t => {
  await project.write('endpoints/broken.yaml', 'kind: Endpoint\n')
  const packages = await loadedBy('validate', '-e', 'dev')
  t.true(packages.includes('zod'))
  t.false(packages.includes('cdk8s'))
})

test('P1 · the command line of the package has zod in one language', t => {
  const parts = Object.values(chunks).flatMap(({ inputs }) => Object.entries(inputs))
  const files = parts.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file)
  const languages = files.filter(file => file.includes('/zod/v4/locales/'))
  t.true(
    languages.every(file => file.endsWith('/en.js')),
    languages.join(),
  )
  t.is(languages.length > 0, found !== undefined)
})
