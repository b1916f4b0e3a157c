import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { assess, explain, viewOf } from '../../src/status/index.ts'
import { event } from './build.ts'
import { child, service } from './kserve-build.ts'

const SINCE = '2026-11-21T01:00:00Z'
const WANTED = 'registry.example.com/team/llm:v2'
const DIGEST = `sha256:${'ab12'.repeat(16)}`

const written = (time: string) => ({
  managedFields: [{ manager: 'manager', operation: 'Update' as const, time }],
})

/** What KServe's Deployment has in place of WANTED, when KServe wrote it, when it is looked at: whether that counts as ours. */
const IMAGES: [title: string, live: string, writtenAt: string, now: string, isOurs: boolean][] = [
  [
    'a digest of the same name',
    `registry.example.com/team/llm@${DIGEST}`,
    '01:00:01',
    '01:01:00',
    true,
  ],
  ['tag and digest', `registry.example.com/team/llm:v2@${DIGEST}`, '01:00:01', '01:01:00', true],
  [
    'a mirror with a path of its own',
    'mirror.example.net:5000/hub/team/llm:v2',
    '01:00:01',
    '01:01:00',
    true,
  ],
  ['a digest at a mirror', `mirror.example.net/llm@${DIGEST}`, '01:00:01', '01:01:00', true],
  [
    'the very second, looked at later',
    'mirror.example.net/team/llm:v2',
    '01:00:00',
    '01:00:02',
    true,
  ],
  ['the very second, at once', 'mirror.example.net/team/llm:v2', '01:00:00', '01:00:01', false],
  ['written before', `registry.example.com/team/llm@${DIGEST}`, '00:59:59', '01:00:59', false],
  ['another tag', 'registry.example.com/team/llm:v1', '01:00:01', '01:01:00', false],
  [
    'another tag with a digest',
    `registry.example.com/team/llm:v1@${DIGEST}`,
    '01:00:01',
    '01:01:00',
    false,
  ],
  ['another name', `registry.example.com/team/tiny@${DIGEST}`, '01:00:01', '01:01:00', false],
]
for (const [title, live, writtenAt, time, isOurs] of IMAGES)
  test(`K3 · an image that admission changed: ${title}`, t => {
    const object = service('ready', { image: WANTED })
    const deployment = child(object, {
      image: live,
      metadata: written(`2026-11-21T${writtenAt}Z`),
    })
    const now = `2026-11-21T${time}Z`
    const verdict = assess({ object, related: viewOf([deployment]), since: SINCE, now })
    t.is(verdict.state, isOurs ? 'ready' : 'progressing')
    if (isOurs) t.true(verdict.message.includes(`admission made ${live}`), verdict.message)
    else t.regex(verdict.message, /waiting for KServe to bring containers\[0\]\.image/)
  })

test('K3 · a digest that was asked for is not any digest', t => {
  const object = service('ready', { image: `registry.example.com/team/llm@${DIGEST}` })
  const now = '2026-11-21T01:01:00Z'
  const stateOf = (image: string) => {
    const metadata = written('2026-11-21T01:00:01Z')
    const deployment = child(object, { image, metadata })
    return assess({ object, related: viewOf([deployment]), since: SINCE, now }).state
  }
  t.is(stateOf(`mirror.example.net/llm@${DIGEST}`), 'ready')
  t.is(stateOf(`mirror.example.net/llm@sha256:${'cd34'.repeat(16)}`), 'progressing')
})

test('K3 · what admission leaves alone is not spoken of', t => {
  const object = service('ready')
  const related = viewOf([child(object, { metadata: written('2026-11-21T01:00:01Z') })])
  const verdict = assess({ object, related, since: SINCE, now: '2026-11-21T01:01:00Z' })
  t.is(verdict.message, 'ready')
})

test('K3 · a write that leaves the Deployment untouched is believed after a minute, unless KServe complains', t => {
  const object = service('ready', { image: WANTED })
  const image = `registry.example.com/team/llm@${DIGEST}`
  const deployment = child(object, { image, metadata: written('2026-11-20T01:00:00Z') })
  const complaint = event(object, { reason: 'InternalError', at: '2026-11-21T01:00:02Z' })
  const stateAt = (now: string, ...events: KubeObject[]) =>
    assess({ object, related: viewOf([deployment, ...events]), since: SINCE, now }).state
  t.is(stateAt('2026-11-21T01:00:59Z'), 'progressing')
  t.is(stateAt('2026-11-21T01:01:00Z'), 'ready')
  t.is(stateAt('2026-11-21T01:01:00Z', complaint), 'progressing')
})

test('S1, K3 · a volume behind a feature gate that is off is named with the gate, and no readiness', t => {
  const object = service('ready', { image: WANTED })
  const weights = { name: 'model', image: { reference: 'registry.example.com/w:1' } }
  const { predictor } = object['spec'] as { predictor: object }
  const wanted = { ...object, spec: { predictor: { ...predictor, volumes: [weights] } } }
  const deployment = child(object, { image: WANTED, metadata: written('2026-11-21T01:00:01Z') })
  const related = viewOf([deployment])
  const inquiry = { object: wanted, related, since: SINCE, now: '2026-11-21T01:00:30Z' }
  t.not(assess(inquiry).state, 'ready')
  const [first] = explain(inquiry)
  t.regex(
    first?.summary ?? '',
    /volumes\[name=model\]\.image is not what was asked for: the API server drops it while its feature gate ImageVolume is off/,
  )
  t.regex(first?.remedy ?? '', /^turn ImageVolume on/)
})
