import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { parse, stringify } from 'yaml'
import { COMMANDS } from '../../src/cli/commands.ts'
import { down, servePods, type Sandbox } from '../../src/sandbox/index.ts'
import { writePodLogs } from '../support/sandbox-trouble.ts'
import { deployedProject, endpointText, type DeployedProject } from '../support/deployed-project.ts'
import { watchForcedEnds } from '../support/forced-ends.ts'
import { everyCall, type Call, type Recipes } from '../support/every-command.ts'
import { anHttpServer, json } from '../support/http-server.ts'
import { installedPackage } from '../support/installed.ts'
import { commandsIn } from '../support/runner-log.ts'
import { runnerSandbox } from '../support/runner-sandbox.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { isThorough } from '../support/thorough.ts'

/** Every command in every form, once. The list comes from the command table itself. */

const { serial } = sandboxTest()

const BUG = /bug in slipway/
const OWN_SANDBOX = `test-${process.pid}-every`
const IMAGE = ['--image', 'registry.example.com/a:1', '--cpu', '1', '--memory', '1Gi']

const HAS_KSERVE = runnerSandbox().sandbox !== undefined

const RECIPES: Recipes = {
  init: () => [{ args: ['-C', 'new', '--name', 'shop'] }],
  new: word => {
    const [, runtime = ''] = word.split(' ')
    const rest = runtime === 'external' ? ['--host', 'a.example.com'] : IMAGE
    return [{ args: [`${runtime}-one`, '-C', 'new', ...rest] }]
  },
  // KServe is in the sandbox of some runs only: there is no InferenceService of that name in any.
  import: kind => {
    if (kind === 'servingruntimes') return [HAS_KSERVE ? {} : { code: 2 }, { args: ['a'], code: 2 }]
    if (kind.startsWith('-o')) return [{ args: ['inferenceservice', '--all', '--improve'] }]
    return [kind === 'deployment' ? { args: ['plain'] } : { args: ['none'], code: 2 }]
  },
  environments: () => [{}, { args: ['--revision', 'HEAD'] }],
  validate: () => [{}, { args: ['--server'] }],
  render: word => [
    { args: isFolder(word) ? ['--output-dir', `out/${word.slice(3)}`] : [] },
    ...explained(word),
  ],
  diff: () => [{ args: ['--force-conflicts'] }, { args: ['--against', 'HEAD'] }],
  apply: () => [{ args: ['--yes', '--force-conflicts'] }],
  delete: word => [{ args: [`gone-${word.split(' ')[1]}`, '--yes'] }],
  status: () => [{ args: ['chat'] }],
  smoke: () => [{ args: ['chat'] }],
  doctor: () => [{}],
  rbac: () => [{}, { args: ['--read-only'] }],
  history: () => [{}, { args: ['--endpoint', 'chat'] }],
  // What it refuses is told; what it makes is tried in test/e2e/promotion.test.ts.
  promote: () => [{ args: ['chat', '--from', 'test', '--to', 'next', '--dry-run'], code: 2 }],
  // There is none: what is made of one is tried in test/e2e/canary.test.ts.
  canary: word => [
    { args: ['chat', '--dry-run', ...(word === 'weight' ? ['--percent', '20'] : [])], code: 2 },
  ],
  rollback: () => [
    { args: ['--to', 'HEAD~1', '--dry-run'] },
    { args: ['--commit', 'HEAD', '--dry-run'] },
    { args: ['--commit', 'HEAD', '--yes'] },
  ],
  handoff: () => [
    { args: ['--url', 'https://git.example.com/models', '--output-dir', 'out/handoff'] },
  ],
  schema: () => [{}],
  sandbox: word => {
    const action = word.startsWith('-') ? ['up'] : []
    const own = ['--name', OWN_SANDBOX, '--kubeconfig', 'own-kubeconfig']
    return [{ args: [...action, ...own], code: word === 'status' ? 1 : 0 }]
  },
}

/** `--explain` has no form but these. */
function explained(word: string) {
  return isFolder(word) ? [] : [{ args: ['--explain'] }]
}

function isFolder(word: string): boolean {
  return word === '-o dir' || word === '-o oci'
}

const isOfSandbox = ({ command }: Call) => command === 'sandbox'
/** So that one is started once: `reset` starts one where there is none. */
const SANDBOX_ORDER = ['status', 'reset', 'up', '-o text', '-o json', 'down']
const FOUND = everyCall(COMMANDS, RECIPES)
const CALLS = [
  ...FOUND.filter(call => !isOfSandbox(call)),
  ...FOUND.filter(isOfSandbox).toSorted(
    (one, other) => SANDBOX_ORDER.indexOf(one.word) - SANDBOX_ORDER.indexOf(other.word),
  ),
]
const OVERVIEW: Call[] = [
  ...COMMANDS.map(({ name }) => ({ command: name, word: '', args: [name, '--help'], code: 0 })),
  { command: '', word: '', args: ['--help'], code: 0 },
  { command: '', word: '', args: ['--version'], code: 0 },
  { command: '', word: '', args: ['completion'], code: 0 },
]

/** What is loaded only where an environment has rules of its own: one inline, one as a cluster has it. */
const WITH_RULES = `createNamespace: true, policies: {cel: [
      {name: named, expression: "object.metadata.name != ''"}, {file: policy.yaml}]}`
const ADMISSION_POLICY = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: few-replicas}
spec:
  matchConstraints:
    resourceRules:
      - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}
  validations: [{expression: 'object.spec.?replicas.orValue(1) < 100'}]
`

serial(
  'P1 · every command does its work in every form, and no chunk of the bundle is left',
  async t => {
    t.timeout(600_000)
    const loaded = await spyOnChunks(t)
    const ends = await watchForcedEnds(t as never)
    const { NODE_OPTIONS = '' } = process.env
    process.env['NODE_OPTIONS'] = `${NODE_OPTIONS} ${ends.nodeOptions}`
    t.teardown(() => delete process.env['NODE_OPTIONS'])
    t.teardown(() => down({ name: OWN_SANDBOX }))
    const server = await anHttpServer(t as never, { 'GET /health': json({}) })
    const gone = { 'gone-text': '', 'gone-json': '' }
    const project = await deployedProject(t, { chat: '', ...gone }, WITH_RULES)
    const { namespace, directory } = project
    await project.write('policy.yaml', ADMISSION_POLICY)
    await project.commit('The rules')
    await createPlain(project)
    await servePods(t.context.sandbox, { port: server.port, namespace })
    await mkdir(join(directory, 'new'))
    await project.edit('endpoints/chat.yaml', ':v1', ':v2')
    // What the commands write: a rollback wants the rest committed.
    await project.write(
      '.gitignore',
      'new/\nout/\n.github/\nserving-runtimes/\nown-kubeconfig\nendpoints/plain.yaml\n',
    )
    await project.commit('The second')
    for (const { args, code, word } of [...OVERVIEW, ...CALLS]) {
      const result = await project.slipway(...args)
      const told = `slipway ${args.join(' ')}\n${result.stderr}\n${result.stdout}`
      t.notRegex(result.stderr + result.stdout, BUG, told)
      t.is(result.code, code, told)
      if (word === '-o json') t.notThrows(() => JSON.parse(result.stdout), told)
    }
    for (const [name, user] of Object.entries(await signIns(t, project))) {
      const kubeconfig = await writeKubeconfig(t.context.sandbox, join(directory, name), user)
      await project.expect(0, 'status', 'chat', '--kubeconfig', kubeconfig)
    }
    t.deepEqual(await ends.seen(), [])
    t.deepEqual(
      (await loaded()).filter(chunk => !ELSEWHERE.test(chunk)),
      [],
    )
  },
)

serial(
  'P1 · a file that is no YAML is never taken for a bug, in no form of any command',
  async t => {
    const project = await deployedProject(t, { chat: '' })
    await project.write('endpoints/broken.yaml', 'a: [\n')
    const once = new Map(CALLS.map(call => [`${call.command} ${call.word}`, call]))
    for (const { command, args } of once.values()) {
      if (command === 'init' || command === 'sandbox') continue
      const { code, stdout, stderr } = await project.slipway(...args)
      const told = `slipway ${args.join(' ')}\n${stderr}\n${stdout}`
      t.notRegex(stderr + stdout, BUG, told)
      t.true([0, 1, 2].includes(code), told)
    }
  },
)

const PAYLOAD =
  'x\n::error::taken\r\n##[error]taken \u061C\u200B\u202E\u2066\u{E0041}\u001B[31mred\u001B[0m' +
  '\rsection_start:1:taken\r\u001B[0K##vso[task.complete result=Failed]'

/** What would steer a terminal, hide something from a reader, or be a command to a runner that is not an annotation of ours. */
function harm(output: string): string[] {
  const hidden = /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Cc}]/u
  const commands = commandsIn(output).filter(line => !/^::(error|warning|notice) /.test(line))
  return [
    ...commands,
    ...output
      .replaceAll(/[\uFE0F\t]/g, '')
      .split('\n')
      .filter(line => hidden.test(line)),
  ]
}

serial(
  'S3 · text of others steers nothing and hides nothing, in no form of any command',
  async t => {
    t.timeout(600_000)
    t.teardown(() => down({ name: OWN_SANDBOX }))
    const quoted = JSON.stringify(PAYLOAD)
    const project = await deployedProject(t, {
      chat: `  env: {NOTE: ${quoted}}\n`,
      crash: `  env: {NOTE: ${quoted}}\n`,
      'gone-text': '',
      'gone-json': '',
    })
    const { kubectl, namespace, directory } = project
    await createPlain(project)
    await kubectl('annotate', 'deployment/plain', '-n', namespace, `example.com/note=${PAYLOAD}`)
    const line = PAYLOAD.replaceAll('\n', ' ')
    await writePodLogs(t.context.sandbox, { namespace, lines: [line], previous: [line] })
    await mkdir(join(directory, 'new'))
    await project.write(
      '.gitignore',
      'new/\nout/\n.github/\nserving-runtimes/\nown-kubeconfig\nendpoints/plain.yaml\n',
    )
    await project.write('endpoints/a\n::error::b##[error]c\u202E.yaml', endpointText('odd'))
    const notes = `annotations: {example.com/note: ${quoted}}`
    await project.edit('endpoints/chat.yaml', '{name: chat}', `{name: chat, ${notes}}`)
    const trouble = 'labels: {sandbox.slipway.dev/trouble: crash-loop}'
    await project.edit('endpoints/crash.yaml', '{name: crash}', `{name: crash, ${trouble}}`)
    await project.edit('endpoints/chat.yaml', ':v1', ':v2')
    await project.commit(PAYLOAD)
    const said: string[] = []
    // A start takes long, and has read nothing of others.
    for (const { args } of CALLS.filter(call => isThorough || !isOfSandbox(call))) {
      const { stdout, stderr } = await project.slipway(...args)
      said.push(stdout, stderr)
      t.deepEqual(harm(stdout + stderr), [], `slipway ${args.join(' ')}`)
    }
    // It was shown, only without its power.
    t.true(said.filter(text => text.includes('taken')).length > 10)
  },
)

/** What `import` finds: somebody's Deployment. */
async function createPlain({ kubectl, namespace }: DeployedProject): Promise<void> {
  await kubectl('create', 'namespace', namespace)
  const image = '--image=a.example.com/server:1'
  await kubectl('create', 'deployment', 'plain', '-n', namespace, image)
}

/** Ways to sign in that are loaded only where a kubeconfig names them. */
async function signIns(t: ExecutionContext, { kubectl, namespace }: DeployedProject) {
  await kubectl('create', 'serviceaccount', 'reader', '-n', namespace)
  const account = `${namespace}:reader`
  await kubectl(
    'create',
    'clusterrolebinding',
    namespace,
    '--clusterrole=cluster-admin',
    `--serviceaccount=${account}`,
  )
  t.teardown(() => kubectl('delete', 'clusterrolebinding', namespace))
  const token = (await kubectl('create', 'token', 'reader', '-n', namespace)).trim()
  const credential = { apiVersion: EXEC, kind: 'ExecCredential', status: { token } }
  const args = ['-c', `echo '${JSON.stringify(credential)}'`]
  return {
    'exec plugin': { exec: { apiVersion: EXEC, command: 'sh', args, interactiveMode: 'Never' } },
    provider: {
      'auth-provider': {
        name: 'gcp',
        config: { 'access-token': token, expiry: '2999-01-01T00:00:00Z' },
      },
    },
  }
}

const EXEC = 'client.authentication.k8s.io/v1'

async function writeKubeconfig(sandbox: Sandbox, file: string, user: object): Promise<string> {
  const text = parse(await readFile(sandbox.kubeconfig, 'utf8')) as Record<string, unknown>
  const users = [{ name: sandbox.context, user }]
  const contexts = [{ name: 'c', context: { cluster: sandbox.context, user: sandbox.context } }]
  await writeFile(file, stringify({ ...text, users, contexts, 'current-context': 'c' }))
  return file
}

/** Needs a terminal: test/cli/asking.test.ts. */
const ELSEWHERE = /^ask-/

/** Chunks of the installed package that no process has loaded since; none for the sources. */
async function spyOnChunks(t: ExecutionContext): Promise<() => Promise<string[]>> {
  const found = installedPackage()
  if (found === undefined) return async () => []
  const folder = await mkdtemp(join(tmpdir(), 'slipway-spy-'))
  const spy = join(folder, 'spy.mjs')
  await writeFile(spy, SPY)
  process.env['NODE_OPTIONS'] = `--import ${spy}`
  t.teardown(async () => {
    delete process.env['NODE_OPTIONS']
    await rm(folder, { recursive: true })
  })
  const chunks = await readdir(join(found.package, 'dist/cli/chunks'))
  return async () => {
    const seen = await readFile(join(folder, 'loaded'), 'utf8')
    return chunks.filter(chunk => !seen.includes(`/dist/cli/chunks/${chunk}\n`))
  }
}

/** Writes down every file that is loaded. */
const SPY = `
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
registerHooks({
  load(url, context, next) {
    appendFileSync(new URL('loaded', import.meta.url), url + '\\n')
    return next(url, context)
  },
})
`
