import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import anyTest, { type TestFn } from 'ava'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { CLI } from '../support/cli.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** docs/tutorial.md, block by block, in one shell, as somebody who copies them. */

const run = promisify(execFile)
const test = anyTest as TestFn<{ sandbox: Sandbox }>
const { serial } = sandboxTest()
const PAGE = readFileSync(resolve(import.meta.dirname, '../../docs/tutorial.md'), 'utf8')
/** slipway is installed, and a sandbox is there. */
const BEFOREHAND = /npm |sandbox (up|down)/

serial('P1 · the tutorial leads from an empty folder to a change that is taken back', async t => {
  const { sandbox } = t.context
  const folder = mkdtempSync(join(tmpdir(), 'slipway-tutorial-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', scriptFor(sandbox)], {
    cwd: folder,
    env: environmentIn(folder, sandbox),
  })
  const said = stdout.replaceAll(/\s+/g, ' ')
  t.regex(said, /image .*1\.0\.0 → .*2\.0\.0/)
  t.regex(said, /downtime: no/)
  t.regex(said, /Rollback|Back to|Revert/)
  const kubectl = kubectlFor(sandbox)
  for (const environment of ['staging', 'production']) {
    t.deepEqual(await kubectl.list('deployments,services,pods', `iris-${environment}`), [])
  }
  t.teardown(
    async () => void (await kubectl('delete', 'namespace', 'iris-staging', 'iris-production')),
  )
})

test('P1 · each part of the tutorial has something to type', t => {
  const parts = PAGE.split(/^## \d/m).slice(1)
  t.is(parts.length, 6)
  for (const part of parts) t.true(part.includes('```sh'), part.slice(0, 40))
})

/** The lines of all blocks, for the sandbox of the tests. */
function scriptFor({ context }: Sandbox): string {
  const blocks = [...PAGE.matchAll(/```sh\n([^]*?)```/g)].map(([, block = '']) => block)
  const lines = blocks.join('').split('\n')
  const typed = lines.filter(line => !BEFOREHAND.test(line))
  return typed.join('\n').replaceAll('slipway-sandbox', context)
}

function environmentIn(folder: string, { kubeconfig }: Sandbox): NodeJS.ProcessEnv {
  const { CI: _ci, GITHUB_ACTIONS: _actions, ...rest } = process.env
  const command = join(folder, 'slipway')
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`)
  chmodSync(command, 0o755)
  const who = { NAME: 'Test', EMAIL: 'test@example.com' }
  return {
    ...rest,
    PATH: `${folder}:${rest['PATH']}`,
    KUBECONFIG: kubeconfig,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: who.NAME,
    GIT_AUTHOR_EMAIL: who.EMAIL,
    GIT_COMMITTER_NAME: who.NAME,
    GIT_COMMITTER_EMAIL: who.EMAIL,
    NO_COLOR: '1',
  }
}
