import test from 'ava'
import { SlipwayError } from '../../src/problem/index.ts'
import { runCommand } from '../../src/sandbox/command.ts'

function run(script: string): Promise<string> {
  return runCommand({ file: '/bin/sh', args: ['-c', script] })
}

test('a command gives its stdout', async t => {
  t.is(await run('echo out; echo err >&2'), 'out\n')
})

test('what is written last is in the reason, even when it arrives after the end', async t => {
  const error = await t.throwsAsync(run('(sleep 0.2; echo the reason >&2) & exit 1'), {
    instanceOf: SlipwayError,
  })
  t.is(error?.problems[0]?.cause, 'the reason')
})

test('a server that it started and that keeps its streams is not waited for', async t => {
  const pid = Number(await run('sleep 600 & echo $!'))
  t.true(process.kill(pid, 0), 'the server runs on')
  process.kill(pid)
})
