import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test from 'ava'
import { refuseTraces } from '../../scripts/single-file/snapshot.ts'
import { anHttpServer } from '../support/http-server.ts'
import { singleFile } from '../support/single-file.ts'

/** The single file starts out of a snapshot of V8's heap: nothing of the process that made it may be true for the one that runs. */

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-snapshot-test-')))
test.after.always(() => rmSync(folder, { recursive: true, force: true }))

let file: string
test.before(async t => {
  t.timeout(300_000)
  file = await singleFile()
})

/** Says at the end what the process took for its own. */
const SPY = `
const state = () => ({
  ids: Array.from({ length: 4 }, () => crypto.randomUUID()),
  bytes: process.getBuiltinModule('crypto').randomBytes(8).toString('hex'),
  random: Math.random(),
  now: Date.now(),
  offset: new Date(Date.UTC(2026, 0, 1)).getTimezoneOffset(),
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  cwd: process.cwd(),
  pid: process.pid,
  argv: process.argv.slice(2),
  execPath: process.execPath,
  home: process.getBuiltinModule('os').homedir(),
  own: process.env.OF_THIS_RUN,
  names: Object.keys(process.env).filter(name => name.startsWith('SLIPWAY_')),
  extra: process.getBuiltinModule('tls').getCACertificates('extra').length,
  listeners: process.listenerCount('SIGINT') + process.listenerCount('SIGTERM'),
})
process.on('exit', () => process.getBuiltinModule('fs').writeFileSync(process.env.SPY_OUT, JSON.stringify(state())))
`

interface Run {
  args: string[]
  cwd?: string
  env?: Record<string, string>
}

interface Ran {
  stdout: string
  stderr: string
}

async function slipway({ args, cwd = folder, env = {} }: Run): Promise<Ran> {
  const options = { cwd, env: { PATH: process.env['PATH'], HOME: folder, ...env } }
  return new Promise(resolved => {
    execFile(file, args, options, (_error, stdout, stderr) => resolved({ stdout, stderr }))
  })
}

let runs = 0
async function spiedOn(run: Run) {
  runs += 1
  const [spy, out] = [join(folder, `spy-${runs}.cjs`), join(folder, `spy-${runs}.json`)]
  writeFileSync(spy, SPY)
  const env = { NODE_OPTIONS: `--require ${spy}`, SPY_OUT: out, ...run.env }
  await slipway({ ...run, env })
  return JSON.parse(readFileSync(out, 'utf8'))
}

function place(name: string): string {
  const directory = join(folder, name)
  mkdirSync(directory, { recursive: true })
  return directory
}

function aProject(name: string): string {
  const directory = place(name)
  mkdirSync(join(directory, 'endpoints'))
  writeFileSync(
    join(directory, 'slipway.yaml'),
    'apiVersion: slipway.dev/v1alpha1\nkind: Project\nmetadata: { name: frost }\nspec:\n  environments:\n    winter: { namespace: winter }\n',
  )
  return directory
}

test('P1 · two starts of the single file have nothing in common that should be new', async t => {
  const [one, other] = [await spiedOn({ args: ['--version'] }), await spiedOn({ args: ['--help'] })]
  t.is(new Set([...one.ids, ...other.ids]).size, 8)
  t.not(one.bytes, other.bytes)
  t.not(one.random, other.random)
  t.not(one.pid, other.pid)
  t.true(one.now < other.now)
  t.true(Math.abs(other.now - Date.now()) < 60_000)
  t.deepEqual([one.argv, other.argv], [['--version'], ['--help']])
  t.is(one.execPath, realpathSync(file))
})

test('P1 · place, environment and time zone are those of the process that runs', async t => {
  const [away, home] = [place('away'), place('at-home')]
  const env = { OF_THIS_RUN: 'yes', HOME: home, TZ: 'Asia/Calcutta' }
  const state = await spiedOn({ args: ['schema'], cwd: away, env })
  t.is(state.cwd, away)
  t.is(state.home, home)
  t.is(state.own, 'yes')
  t.is(state.offset, -330)
  t.is(state.zone, 'Asia/Calcutta')
  t.deepEqual(state.names, [])
  t.is(state.listeners, 2)
  const west = await spiedOn({ args: ['--version'], env: { TZ: 'America/New_York' } })
  t.is(west.offset, 300)
  t.is(west.own, undefined)
})

test('P1 · NODE_EXTRA_CA_CERTS counts when the single file starts', async t => {
  const { rootCertificates } = await import('node:tls')
  const authority = join(folder, 'authority.pem')
  writeFileSync(authority, rootCertificates[0] ?? '')
  const env = { NODE_EXTRA_CA_CERTS: authority }
  t.is((await spiedOn({ args: ['--version'], env })).extra, 1)
  t.is((await spiedOn({ args: ['--version'] })).extra, 0)
})

test('P1 · colours are decided when the single file runs', async t => {
  const colour = '\u001B['
  const empty = place('empty')
  const run = async (env: Record<string, string>) =>
    (await slipway({ args: ['validate'], cwd: empty, env })).stderr
  t.true((await run({ FORCE_COLOR: '1' })).includes(colour))
  t.false((await run({ NO_COLOR: '1' })).includes(colour))
  t.false((await run({})).includes(colour))
})

test('P1 · messages carry the time at which the single file runs', async t => {
  const { stderr } = await slipway({
    args: ['validate', '--log-format', 'json'],
    cwd: place('late'),
  })
  const { time } = JSON.parse(stderr.split('\n', 1)[0] ?? '')
  t.true(Math.abs(Date.parse(time) - Date.now()) < 60_000, stderr)
})

test('P1 · KUBECONFIG, HOME and proxies are read when the single file runs', async t => {
  const project = aProject('frost')
  const asked = async (env: Record<string, string>) =>
    slipway({ args: ['status', '-e', 'winter'], cwd: project, env })
  const servers = [await anHttpServer(t as never, {}), await anHttpServer(t as never, {})]
  const [one, other] = servers
  const homes = servers.map(({ port }, index) => {
    const home = place(`home-${index}`)
    mkdirSync(join(home, '.kube'))
    writeFileSync(join(home, '.kube/config'), kubeconfig(`http://127.0.0.1:${port}`))
    return home
  })
  await asked({ HOME: homes[0] ?? '' })
  t.true((one?.asked.length ?? 0) > 0)
  t.deepEqual(other?.asked, [])
  const before = one?.asked.length
  await asked({ HOME: homes[0] ?? '', KUBECONFIG: join(homes[1] ?? '', '.kube/config') })
  t.is(one?.asked.length, before)
  t.true((other?.asked.length ?? 0) > 0)
  const behind = join(folder, 'behind')
  writeFileSync(behind, kubeconfig('http://api.invalid'))
  await asked({
    KUBECONFIG: behind,
    HTTP_PROXY: `http://127.0.0.1:${one?.port}`,
    http_proxy: `http://127.0.0.1:${one?.port}`,
  })
  t.true(
    one?.asked.some(request => request.includes('http://api.invalid')),
    one?.asked.join('\n'),
  )
})

function kubeconfig(server: string): string {
  return `apiVersion: v1
kind: Config
clusters: [{ name: lake, cluster: { server: '${server}' } }]
users: [{ name: skater, user: {} }]
contexts: [{ name: lake, context: { cluster: lake, user: skater } }]
current-context: lake
`
}

test('P1 · a blob that names the machine that it was made on is refused', t => {
  const blob = join(folder, 'blob')
  writeFileSync(blob, `heap ${resolve(folder, 'project')} heap`)
  t.throws(() => refuseTraces(blob, folder), { message: new RegExp(folder) })
  writeFileSync(blob, 'heap slipway/loader.js heap')
  t.notThrows(() => refuseTraces(blob, folder))
})
