import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import anyTest from 'ava'
import type { TestFn } from 'ava'
import { COMMANDS } from '../../src/cli/commands.ts'
import { userFolder } from '../../src/package/index.ts'
import { anHttpServer, json } from '../support/http-server.ts'
import { buildSingleFile, startMachine, whyNoMachine } from '../support/machine.ts'
import type { Machine } from '../support/machine.ts'
import type { SandboxContext } from '../support/sandbox.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** The single file on a machine that has no Node, no npm and no checkout of slipway, from the first command to the last. */

const test = anyTest as TestFn<SandboxContext>
// The sandbox of the tests is not used: it has seen to it that the programs of one are there.
const { serial } = sandboxTest(test)
const folder = mkdtempSync(join(tmpdir(), 'slipway-single-file-test-'))
const { version } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8'),
)
const reason = whyNoMachine()
const SANDBOX = `test-${process.pid}-alone`
const HOME = '/tmp/home'
const SHOP = '/tmp/shop'
const env = { NO_COLOR: '1' }

let machine: Machine

test.before(async t => {
  t.timeout(300_000)
  if (reason !== undefined)
    return t.log(`the single file is built and run by no test here: ${reason}`)
  buildSingleFile(join(folder, 'slipway'))
  machine = await startMachine({
    singleFile: join(folder, 'slipway'),
    root: join(folder, 'root'),
    sees: programs(),
  })
  mkdirSync(join(machine.root, SHOP))
})

/** The sandbox's, one folder each: the locks beside them are of processes that are not seen there. */
function programs(): Record<string, string> {
  const cache = join(userFolder('XDG_CACHE_HOME'), 'sandbox')
  const folders = readdirSync(cache, { withFileTypes: true }).filter(entry => entry.isDirectory())
  return Object.fromEntries(
    folders.map(({ name }) => [`${HOME}/.cache/slipway/sandbox/${name}`, join(cache, name)]),
  )
}

test.after.always(() => {
  machine?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const onMachine: typeof serial = (title, body) =>
  reason === undefined ? serial(title, body) : test.skip(`${title} (skipped: ${reason})`, body)

async function slipway(code: number, ...args: string[]) {
  const result = await machine.run({ directory: SHOP, env }, 'slipway', ...args)
  if (result.code !== code) throw new Error(`slipway ${args.join(' ')}: ${JSON.stringify(result)}`)
  return result
}

async function git(...args: string[]) {
  const { code, stdout, stderr } = await machine.run({ directory: SHOP }, 'git', ...args)
  if (code !== 0) throw new Error(stderr)
  return stdout.trim()
}

function edit(file: string, from: string | RegExp, to: string): void {
  const path = join(machine.root, SHOP, file)
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
}

onMachine('P1 · there is neither Node nor npm, and the single file says its version', async t => {
  for (const command of ['node', 'npm', 'npx'])
    t.is((await machine.run({}, 'sh', '-c', `command -v ${command}`)).stdout, '')
  t.deepEqual(await slipway(0, '--version'), { code: 0, stdout: `${version}\n`, stderr: '' })
})

onMachine('P1 · every command of the single file has its help', async t => {
  t.timeout(120_000)
  t.regex((await slipway(0, '--help')).stdout, /slipway <command>/)
  for (const { name } of COMMANDS) {
    const { stdout, stderr } = await slipway(0, name, '--help')
    t.regex(stdout, new RegExp(`slipway ${name}`))
    t.is(stderr, '')
  }
})

onMachine('P1 · errors of the single file are sentences', async t => {
  const unknown = await slipway(2, 'aply')
  t.regex(unknown.stderr, /^error: .*aply[^]*Did you mean apply/)
  const nothing = await slipway(2, 'validate')
  t.regex(nothing.stderr, /slipway\.yaml/)
  t.notRegex(unknown.stderr + nothing.stderr, /\n +at /)
})

onMachine('P1 · from init to delete with the single file alone', async t => {
  t.timeout(300_000)
  const cluster = ['-e', 'sandbox']
  await git('init', '--quiet', '--initial-branch=main')
  const context = `slipway-${SANDBOX}`
  await slipway(0, 'init', '--name', 'shop', '-e', 'sandbox', '--context', context)
  const workflows = resolve(import.meta.dirname, '../../templates/github/workflows')
  t.is(
    readFileSync(join(machine.root, SHOP, '.github/workflows/apply.yml'), 'utf8'),
    readFileSync(join(workflows, 'apply.yml'), 'utf8'),
  )
  await commit('begin')
  await slipway(0, 'validate')
  await slipway(0, 'sandbox', 'up', '--name', SANDBOX)
  t.regex((await slipway(0, 'apply', ...cluster, '--yes')).stdout, /hello/)
  t.regex((await slipway(0, 'status', ...cluster)).stdout, /hello +.*(ready|Ready|serving)/)

  const server = await anHttpServer(t as never, { 'GET /health': json({ status: 'ok' }) })
  await forwardTo(server.port)
  t.regex(await answered(() => slipway(0, 'smoke', ...cluster)), /✓ +hello +GET \/health +200/)

  edit('endpoints/hello.yaml', /^( +image: \S+:)\S+/m, '$1v2')
  await commit('second')
  t.regex((await slipway(1, 'diff', ...cluster, '--exit-code')).stdout, /:v2/)
  await slipway(0, 'apply', ...cluster, '--yes')
  await slipway(0, 'rollback', ...cluster, '--to', 'HEAD~1', '--yes')
  t.notRegex(await git('show', 'HEAD:endpoints/hello.yaml'), /:v2/)
  await slipway(0, 'apply', ...cluster, '--yes')
  await slipway(0, 'diff', ...cluster, '--exit-code')
  await slipway(0, 'delete', '--all', ...cluster, '--yes')
  t.regex((await slipway(0, 'sandbox', 'down', '--name', SANDBOX)).stderr, /./)
})

/** What plays the pods hears a moment later what shall answer for them. */
async function answered(ask: () => Promise<{ stdout: string }>): Promise<string> {
  for (const deadline = Date.now() + 30_000; ;) {
    try {
      return (await ask()).stdout
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
  }
}

async function commit(message: string) {
  await git('add', '--all')
  await git('commit', '--quiet', '--message', message)
}

/** The sandbox plays the pods; what they answer comes from here (docs/sandbox.md). */
async function forwardTo(port: number) {
  const input = JSON.stringify({
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterPortForward',
    metadata: { name: 'server' },
    spec: { forwards: [{ target: { address: '127.0.0.1', port } }] },
  })
  const kubectl = await machine.run(
    { input },
    'sh',
    '-c',
    `exec "$(echo ${HOME}/.cache/slipway/sandbox/*/kubectl | cut -d ' ' -f 1)" apply --server-side -f -`,
  )
  if (kubectl.code !== 0) throw new Error(kubectl.stderr)
}
