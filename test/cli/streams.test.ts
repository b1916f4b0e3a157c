import test from 'ava'
import { spawn } from 'node:child_process'
import { open } from 'node:fs/promises'
import { CLI } from '../support/cli.ts'
import { shop } from './scratch.ts'

// oxlint-disable-next-line no-control-regex -- what colours begin with
const ESCAPE = /\u001B/

test('there are no colours in pipes, and FORCE_COLOR brings them', async t => {
  const project = await shop({ NO_COLOR: '' })
  t.teardown(project.dispose)
  const { stderr } = await project.slipway('render', '-e', 'x')
  t.notRegex(stderr, ESCAPE)
  const forced = await shop({ NO_COLOR: '', FORCE_COLOR: '1' })
  t.teardown(forced.dispose)
  t.regex((await forced.slipway('render', '-e', 'x')).stderr, ESCAPE)
  t.notRegex((await forced.slipway('render', '-e', 'x', '--no-color')).stderr, ESCAPE)
})

test('a reader that goes away is no error', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const child = spawn(process.execPath, [CLI, 'render', '-e', 'dev'], { cwd: project.directory })
  child.stdout.destroy()
  let stderr = ''
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  const code = await new Promise(done => child.on('close', done))
  t.is(stderr, '')
  t.is(code, 0)
})

// A device that is always full.
const onLinux = process.platform === 'linux' ? test : test.skip

onLinux('results that did not arrive are an error', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const full = await open('/dev/full', 'w')
  t.teardown(() => full.close())
  const child = spawn(process.execPath, [CLI, 'render', '-e', 'dev'], {
    cwd: project.directory,
    stdio: ['ignore', full.fd, 'pipe'],
  })
  let stderr = ''
  child.stderr?.on('data', (text: Buffer) => (stderr += text.toString()))
  const code = await new Promise(done => child.on('close', done))
  t.regex(stderr, /^error: the output cannot be written: ENOSPC/)
  t.is(code, 2)
})
