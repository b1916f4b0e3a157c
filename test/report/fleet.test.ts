import test from 'ava'
import {
  fleetExitCode,
  type EnvironmentStatus,
  type FleetStatus,
  type ShownEndpoint,
} from '../../src/overview/index.ts'
import { FLEET_VIEWS, painter } from '../../src/report/index.ts'
import { screenOf, SIZES } from '../support/screen.ts'

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

const MANY: FleetStatus = {
  project: 'shop',
  environments: [
    environment('staging', [endpoint('classifier-for-support-tickets')]),
    environment('production-europe', [
      endpoint('classifier-for-support-tickets', {
        state: 'progressing',
        message: 'pod classifier-1: its model is being fetched',
      }),
      endpoint('rag', { state: 'failed', message: 'no GPU is free', gpus: 0 }),
    ]),
    lost,
  ],
}

for (const size of [...SIZES, { columns: 60, rows: 20 }, { columns: 40, rows: 20 }]) {
  const { columns } = size
  test(`R13 · ${columns} columns · several environments: no word is cut, and the state of each is seen`, async t => {
    const screen = await screenOf(await FLEET_VIEWS.text(MANY, { ...look, columns }), size)
    t.deepEqual(screen.broken, [])
    const seen = screen.all.join(' ').replaceAll(/\s+/g, ' ')
    for (const word of ['STATE', 'its model is being fetched', 'no GPU is free'])
      t.true(seen.includes(word), `${word} in ${seen}`)
    const titles = screen.all.find(line => line.includes('ENVIRONMENT')) ?? ''
    const isNarrow = !titles.includes('RUNTIME')
    if (isNarrow) t.regex(titles, /^ +STATE +ENVIRONMENT/)
    const rows = screen.all.filter(line => /^[✓…✗] /.test(line))
    const states = [' ready', ' progressing', ' failed', ' not known| nothing answers']
    t.is(rows.length, states.length, screen.all.join('\n'))
    for (const [index, state] of states.entries())
      t.regex(rows[index] ?? '', new RegExp(state), screen.all.join('\n'))
  })
}
