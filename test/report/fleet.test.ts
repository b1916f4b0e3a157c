import test from 'ava'
import type { EnvironmentStatus, FleetStatus, ShownEndpoint } from '../../src/overview/index.ts'
import { fleetExitCode } from '../../src/overview/index.ts'
import { FLEET_VIEWS, painter } from '../../src/report/index.ts'

const NOW = Date.parse('2026-11-20T12:00:00Z')
const look = { paint: painter(false), now: NOW, folder: '', subject: '' }

function endpoint(name: string, more: Partial<ShownEndpoint> = {}): ShownEndpoint {
  return {
    endpoint: name,
    inGit: true,
    runtime: 'deployment',
    state: 'ready',
    message: 'ready',
    replicas: { ready: 2, desired: 2 },
    gpus: 2,
    image: 'registry.example.com/vllm:0.6',
    model: 's3://models/chat/8',
    sync: 'synced',
    deviations: [],
    unseen: [],
    revision: { commit: '1a2b3c4d5e6f', dirty: false, time: '2026-11-20T11:00:00Z' },
    ...more,
  }
}

function environment(name: string, endpoints: ShownEndpoint[]): EnvironmentStatus {
  return { environment: name, now: NOW, problems: [], report: { environment: name, endpoints } }
}

const lost: EnvironmentStatus = {
  environment: 'eu',
  now: NOW,
  problems: [{ code: 'unreachable', severity: 'error', message: 'nothing answers at <eu>' }],
}

const FLEET: FleetStatus = {
  project: 'shop',
  environments: [
    environment('staging', [endpoint('chat', { model: 's3://models/chat/9' })]),
    environment('production', [
      endpoint('chat', { sync: 'drifted' }),
      endpoint('rag', { state: 'failed', message: 'no GPU <is> free', gpus: 0 }),
    ]),
    lost,
  ],
}

test('R13 · several environments are one table, and one that could not be read is not empty', async t => {
  const lines = (await FLEET_VIEWS.text(FLEET, look)).split('\n')
  const rows = lines.map(line => line.split(/ {2,}/)).filter(cells => cells.length > 1)
  t.deepEqual(rows[0]?.slice(1, 4), ['ENVIRONMENT', 'ENDPOINT', 'RUNTIME'])
  const chats = lines.filter(line => / chat +deployment/.test(line))
  t.deepEqual(
    chats.map(line => line.split(/ +/)[1]),
    ['staging', 'production'],
  )
  t.regex(chats[0] ?? '', /s3:\/\/models\/chat\/9/)
  t.regex(chats[1] ?? '', /drifted/)
  t.true(lines.includes('eu: not known'))
  t.true(
    lines.some(line => /^✗ +eu +nothing answers/.test(line)),
    lines.join('\n'),
  )
  t.true(lines.some(line => line.startsWith('production/chat: differs from git')))
  t.is(await FLEET_VIEWS.name(FLEET, look), 'staging/chat\nproduction/chat\nproduction/rag\n')
})

test('R13 · the page says which version runs where, and lets nothing foreign in', async t => {
  const page = await FLEET_VIEWS.html(FLEET, look)
  t.regex(page, /default-src 'none'/)
  t.notRegex(page, /<script|<is>|<eu>/)
  t.regex(page, /2 of 3 endpoints ready, 1 drifted, 8 GPUs, 1 environment not known/)
  const [chat = '', rag = ''] = page
    .split('\n')
    .filter(line => line.startsWith('<tr><th scope="row">'))
  t.regex(chat, /models\/chat\/9.*models\/chat\/8.*not known/)
  t.regex(chat, /since <code>1a2b3c4<\/code>/)
  t.regex(rag, /not there.*no GPU &lt;is&gt; free/)
})

test('R14 · the exit code of several is that of the worst', t => {
  const [staging, production] = FLEET.environments as [EnvironmentStatus, EnvironmentStatus]
  t.is(fleetExitCode({ project: 'shop', environments: [staging] }), 0)
  t.is(fleetExitCode({ project: 'shop', environments: [staging, production] }), 1)
  t.is(fleetExitCode(FLEET), 2)
})
