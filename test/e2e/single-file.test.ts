import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import anyTest, { type TestFn } from 'ava'
import { COMMANDS } from '../../src/cli/commands.ts'
import { userFolder } from '../../src/package/index.ts'
import { machineTest, startMachine, whyNoMachine, type Machine } from '../support/machine.ts'
import { sandboxTest, type SandboxContext } from '../support/sandbox.ts'
import { singleFile } from '../support/single-file.ts'
import { wholeWay, type User } from '../support/whole-way.ts'

/** The single file on a machine that has no Node, no npm and no checkout of slipway, from the first command to the last. */

const test = anyTest as TestFn<SandboxContext>
// The sandbox of the tests is not used: it has seen to it that the programs of one are there.
const { serial } = sandboxTest()
const folder = mkdtempSync(join(tmpdir(), 'slipway-single-file-test-'))
const { version } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8'),
)
const reason = whyNoMachine()
const SANDBOX = `test-${process.pid}-alone`
const HOME = '/tmp/home'
const FLOWERS = '/tmp/flowers'
const env = { NO_COLOR: '1' }

let machine: Machine

test.before(async t => {
  t.timeout(300_000)
  if (reason !== undefined)
    return t.log(`the single file is built and run by no test here: ${reason}`)
  machine = await startMachine({
    singleFile: await singleFile(),
    root: join(folder, 'root'),
    sees: programs(),
  })
  mkdirSync(join(machine.root, FLOWERS))
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

const onMachine = machineTest(serial, test.skip)

async function slipway(code: number, ...args: string[]) {
  const result = await machine.run({ directory: FLOWERS, env }, 'slipway', ...args)
  if (result.code !== code) throw new Error(`slipway ${args.join(' ')}: ${JSON.stringify(result)}`)
  return result
}

onMachine('P1 · there is neither Node nor npm, and the single file says its version', async t => {
  for (const command of ['node', 'npm', 'npx'])
    t.is((await machine.run({}, 'sh', '-c', `command -v ${command}`)).stdout, '')
  t.deepEqual(await slipway(0, '--version'), { code: 0, stdout: `${version}\n`, stderr: '' })
})

onMachine('P1 · every command of the single file has its help', async t => {
  t.timeout(120_000)
  t.regex((await slipway(0, '--help')).stdout, /slipway COMMAND/)
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

onMachine('P1 · from init to delete with the single file, and a KServe of its own', async t => {
  t.timeout(600_000)
  const run: User['run'] = (command, args, input = '') =>
    machine.run({ directory: FLOWERS, env, input }, command, ...args)
  await wholeWay(t, { directory: join(machine.root, FLOWERS), run }, SANDBOX)
  const workflows = resolve(import.meta.dirname, '../../templates/github/workflows')
  t.is(
    readFileSync(join(machine.root, FLOWERS, '.github/workflows/apply.yml'), 'utf8'),
    readFileSync(join(workflows, 'apply.yml'), 'utf8'),
  )
})
