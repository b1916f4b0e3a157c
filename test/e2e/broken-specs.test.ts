import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { CLI } from '../support/cli.ts'
import { CODES } from '../../src/problem/codes.ts'
import type { ProblemCode } from '../../src/problem/index.ts'
import { brokenCases, writeCase, type BrokenCase } from '../spec/broken-cases.ts'
import { aFaultProxy } from '../support/cluster.ts'
import { endpointText } from '../support/deployed-project.ts'
import { scratchProject } from '../support/project.ts'
import { aKubeconfig } from '../support/robot.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { some } from '../support/thorough.ts'

/** Every broken spec of the corpus, applied as a user would, with a cluster at hand. */

const { serial } = sandboxTest()
const PARALLEL = 2

serial(
  'R8 · a broken spec gets one clear sentence, its exit code, and the cluster is untouched',
  async t => {
    const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
    const folder = await mkdtemp(join(tmpdir(), 'slipway-broken-'))
    t.teardown(() => rm(folder, { recursive: true }))
    const kubeconfig = await aKubeconfig(t, folder, {}, { server: proxy.url })
    // test/spec loads them all.
    const cases = some(await brokenCases(), ({ expected }) => expected.code)
    t.true(cases.length >= 40)
    const queue = cases.values()
    const answers: { broken: BrokenCase; code: number; stderr: string; stdout: string }[] = []
    const work = async () => {
      for (const broken of queue) {
        // For each anew: how many there are is no matter of time.
        t.timeout(120_000)
        answers.push({ broken, ...(await apply(broken, kubeconfig)) })
      }
    }
    await Promise.all(Array.from({ length: PARALLEL }, work))
    for (const { broken, code, stderr, stdout } of answers) {
      const { name, expected } = broken
      t.is(code, CODES[expected.code as ProblemCode], `${name}: ${stderr}`)
      t.is(stdout, '', name)
      t.true(
        stderr.includes(`${expected.place}: error: ${expected.message}`) ||
          stderr.includes(`error: ${expected.message}`),
        `${name}: ${stderr}`,
      )
      t.is(stderr.match(/\berror: /g)?.length, 1, `${name}: ${stderr}`)
      t.notRegex(stderr, /\n +at /, `${name}: no stack trace`)
    }
    t.deepEqual(proxy.seen, [], 'the API server was not asked anything')
    const sound = { KUBECONFIG: kubeconfig }
    const project = await scratchProject({ files: SOUND, env: sound })
    t.teardown(project.dispose)
    await project.slipway('diff')
    t.true(proxy.seen.length > 0, 'a sound project asks by this way')
  },
)

const SOUND = {
  'slipway.yaml':
    'apiVersion: slipway.dev/v1alpha1\nkind: Project\nmetadata: {name: sound}\nspec: {environments: {dev: {namespace: default}}}\n',
  'endpoints/chat.yaml': endpointText('chat'),
}

async function apply(broken: BrokenCase, kubeconfig: string) {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-broken-'))
  try {
    await writeCase(broken, directory)
    const env = { ...process.env, KUBECONFIG: kubeconfig, NO_COLOR: '1', GITHUB_ACTIONS: '' }
    const child = spawn(process.execPath, [CLI, 'apply', '--yes', '-C', directory], { env })
    const closed = once(child, 'close')
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    const [code] = (await closed) as [number]
    return { code, stdout, stderr }
  } finally {
    await rm(directory, { recursive: true })
  }
}
