import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { down } from '../../src/sandbox/index.ts'
import { feed } from '../support/feed.ts'
import { CLI } from '../support/cli.ts'
import type { Result } from '../support/project.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { wholeWay, type User } from '../support/whole-way.ts'

/** The package, installed from its tarball into an empty folder, from the first command to the last. */

// The sandbox of the tests is not used: it has seen to it that the programs of one are there.
const { serial } = sandboxTest()
const SANDBOX = `test-${process.pid}-installed`

serial('P1 · from init to delete with the installed package, and a KServe of its own', async t => {
  t.timeout(600_000)
  const folder = mkdtempSync(join(tmpdir(), 'slipway-installed-'))
  t.teardown(async () => {
    await down({ name: SANDBOX })
    rmSync(folder, { recursive: true, force: true })
  })
  await wholeWay(t, userIn(folder), SANDBOX)
})

/** With a home of its own, so that the sandbox's context is written there; the cache with its programs stays. */
function userIn(folder: string): User {
  const [directory, bin] = ['flowers', 'bin'].map(name => join(folder, name)) as [string, string]
  mkdirSync(directory)
  mkdirSync(bin)
  const shim = `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`
  writeFileSync(join(bin, 'slipway'), shim, { mode: 0o755 })
  const { KUBECONFIG: _own, HOME = '', ...rest } = process.env
  const env = {
    XDG_CACHE_HOME: join(HOME, '.cache'),
    XDG_STATE_HOME: join(HOME, '.local/state'),
    ...rest,
    ...IDENTITY,
    HOME: folder,
    PATH: [bin, dirname(process.execPath), rest['PATH']].join(':'),
  }
  const run = (command: string, args: readonly string[], input = '') =>
    new Promise<Result>(done => {
      const child = execFile(command, args, { cwd: directory, env }, (error, stdout, stderr) =>
        done({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      )
      feed(child, input)
    })
  return { directory, run }
}

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
  NO_COLOR: '1',
}
