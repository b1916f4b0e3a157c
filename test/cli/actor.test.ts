import test from 'ava'
import { hostname } from 'node:os'
import { actorOf } from '../../src/project/actor.ts'
import { closest } from '../../src/problem/index.ts'
import { durationFlag } from '../../src/cli/duration.ts'

const testActor = test.macro({
  exec: (t, env: Record<string, string>, actor: string) => t.is(actorOf(env), actor),
  title: (_, __, actor: string) => `R1 · actor · ${actor}`,
})

const GITHUB = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'o/r',
  GITHUB_RUN_ID: '7',
}

test(testActor, GITHUB, 'https://github.com/o/r/actions/runs/7')
test(
  testActor,
  { ...GITHUB, GITHUB_ACTOR: 'alice' },
  'alice (https://github.com/o/r/actions/runs/7)',
)
test(
  testActor,
  { CI_JOB_URL: 'https://gitlab.example.com/j/1', GITLAB_USER_LOGIN: 'bob' },
  'bob (https://gitlab.example.com/j/1)',
)

test('R1 · outside CI the actor is the user at the machine', t => {
  t.true(actorOf({}).endsWith(`@${hostname()}`))
})

test('a near word is suggested, a far one is not', t => {
  t.is(closest('aply', ['apply', 'delete']), 'apply')
  t.is(closest('tiemout', ['timeout', 'wait']), 'timeout')
  t.is(closest('x', ['e', 'env']), 'e')
  t.is(closest('frobnicate', ['apply']), undefined)
  t.is(closest('chta', ['chat', 'chart']), 'chat')
})

test('durations of flags are seconds', t => {
  t.is(durationFlag('--timeout', '1h30m'), 5400)
  t.is(durationFlag('--timeout', '90s'), 90)
  t.is(durationFlag('--timeout', '0.5m'), 30)
  t.is(durationFlag('--timeout', undefined), undefined)
  for (const bad of ['', '5', 'm', '5 m', '-5m', '5d']) {
    t.throws(() => durationFlag('--timeout', bad), { message: /give a duration with a unit/ }, bad)
  }
})
