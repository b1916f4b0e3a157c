import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import anyTest, { type ExecutionContext, type TestFn } from 'ava'
import { USER } from '../../scripts/image/root-file-system.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { machineTest, startMachine, type Machine } from '../support/machine.ts'
import { sandboxTest, type SandboxContext } from '../support/sandbox.ts'
import { singleFile } from '../support/single-file.ts'

/** What Containerfile makes an image of, run as a container runs it: nobody is root, and only /tmp can be written. */

const test = anyTest as TestFn<SandboxContext>
const { serial } = sandboxTest()
const onMachine = machineTest(serial, test.skip)
const CONTAINERFILE = readFileSync(resolve(import.meta.dirname, '../../Containerfile'), 'utf8')
const instruction = (name: string) =>
  new RegExp(`^${name} (.*)$`, 'm').exec(CONTAINERFILE)?.[1] ?? ''
const ENTRYPOINT = JSON.parse(instruction('ENTRYPOINT')) as string[]

test('P1 · the image is the assembled file system and nothing else, and runs as nobody', t => {
  t.deepEqual(CONTAINERFILE.match(/^(?:FROM|COPY|RUN|ADD) .*$/gm), [
    'FROM scratch',
    'COPY image/ /',
  ])
  t.is(instruction('USER'), `${USER.id}:${USER.id}`)
  t.is(instruction('ENV'), 'HOME=/tmp')
})

onMachine('P1 · an apply from the image: not root, and nothing but /tmp is written', async t => {
  t.timeout(300_000)
  const { directory, commit, edit, kubectl, namespace } = await deployedProject(t, { chat: '' })
  const mounted = mkdtempSync(join(tmpdir(), 'slipway-mounted-'))
  t.teardown(() => rmSync(mounted, { recursive: true, force: true }))
  writeFileSync(join(mounted, 'kubeconfig'), readFileSync(t.context.sandbox.kubeconfig), {
    mode: 0o644,
  })
  // As a checkout is in a pipeline: everybody may read it.
  for (const folder of [directory, mounted]) chmodSync(folder, 0o755)
  const machine = await aContainer(t, { '/work': directory, '/secrets': mounted })
  const slipway = async (code: number, ...args: string[]) => {
    const env = { HOME: '/tmp', KUBECONFIG: '/secrets/kubeconfig', NO_COLOR: '1' }
    const result = await machine.run({ directory: '/work', env }, ...ENTRYPOINT, ...args)
    t.is(result.code, code, `slipway ${args.join(' ')}\n${result.stderr}\n${result.stdout}`)
    return result.stdout
  }
  t.is((await machine.run({}, 'id', '-u')).stdout, `${USER.id}\n`)
  t.not((await machine.run({}, 'touch', '/usr/bin/other')).code, 0)
  await slipway(0, 'validate')
  t.regex(await slipway(0, 'render'), /kind: Deployment/)
  await slipway(0, 'apply', '--yes')
  t.regex(await slipway(0, 'status'), /✓ +chat .* ready$/m)
  await edit('endpoints/chat.yaml', ':v1', ':v2')
  await commit('Second')
  t.regex(await slipway(0, 'diff', '--against', 'HEAD~1..HEAD'), /chat:v2/)
  await slipway(0, 'delete', '--all', '--yes')
  t.is(await kubectl('get', 'deployments', '-n', namespace, '-o', 'name'), '')
})

async function aContainer(t: ExecutionContext, sees: Record<string, string>): Promise<Machine> {
  const root = mkdtempSync(join(tmpdir(), 'slipway-image-'))
  const machine = await startMachine({
    singleFile: await singleFile(),
    root,
    sees,
    isContainer: true,
  })
  t.teardown(() => {
    machine.stop()
    rmSync(root, { recursive: true, force: true })
  })
  return machine
}
