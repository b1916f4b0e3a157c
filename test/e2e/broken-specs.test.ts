import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import anyTest from 'ava'
import type { TestFn } from 'ava'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { brokenCases, writeCase } from '../spec/broken-cases.ts'
import type { BrokenCase } from '../spec/broken-cases.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Every broken spec of the corpus, applied as a user would, with a cluster at hand. */

const test = anyTest as TestFn<{ sandbox: Sandbox }>
const { serial } = sandboxTest(test)
const CLI = resolve(import.meta.dirname, '../../src/cli/main.ts')
const PARALLEL = 2

serial(
  'R8 · a broken spec gets one clear sentence, exit 1, and the cluster is untouched',
  async t => {
    const kubectl = kubectlFor(t.context.sandbox)
    const namespaces = () => kubectl('get', 'namespaces', '-o', 'name')
    const before = await namespaces()
    const cases = await brokenCases()
    t.true(cases.length >= 40)
    const queue = cases.values()
    const answers: { broken: BrokenCase; code: number; stderr: string; stdout: string }[] = []
    const work = async () => {
      for (const broken of queue) {
        // For each anew: how many there are is no matter of time.
        t.timeout(120_000)
        answers.push({ broken, ...(await apply(broken, t.context.sandbox)) })
      }
    }
    await Promise.all(Array.from({ length: PARALLEL }, work))
    for (const { broken, code, stderr, stdout } of answers) {
      const { name, expected } = broken
      t.is(code, 1, `${name}: ${stderr}`)
      t.is(stdout, '', name)
      t.true(
        stderr.includes(`${expected.place}: error: ${expected.message}`) ||
          stderr.includes(`error: ${expected.message}`),
        `${name}: ${stderr}`,
      )
      t.is(stderr.match(/\berror: /g)?.length, 1, `${name}: ${stderr}`)
      t.notRegex(stderr, /\n +at /, `${name}: no stack trace`)
    }
    t.is(await namespaces(), before)
  },
)

async function apply(broken: BrokenCase, { kubeconfig }: Sandbox) {
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
