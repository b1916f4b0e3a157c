import test from 'ava'
import { SlipwayError } from '../../src/problem/index.ts'
import { checkAsked, checkRunning } from '../../src/sandbox/asked-versions.ts'
import type { SandboxRecord } from '../../src/sandbox/record.ts'

/** A sandbox that runs is not kept silently when it is of another version than the one asked for. */

const kserve = { version: '0.16.0', manager: '', files: '', webhookPort: 1, probePort: 2 }
const RUNNING: SandboxRecord = {
  name: 'sandbox',
  server: 'https://127.0.0.1:1',
  kubernetes: '1.34.4',
  kubectl: '',
  kwokctl: '',
  kubeconfigs: [],
  kserve,
}
const { kserve: _kserve, ...BARE } = RUNNING

const KEPT: [what: string, asked: object, running: SandboxRecord][] = [
  ['no version', {}, RUNNING],
  ['the same Kubernetes', { kubernetes: '1.34' }, RUNNING],
  ['any KServe', { kserve: true }, RUNNING],
  ['the same KServe', { kserve: 'v0.16.0' }, RUNNING],
  ['a KServe where there is none yet', { kserve: '0.20' }, BARE],
]
for (const [what, asked, running] of KEPT) {
  test(`P3 · a sandbox is kept when asked for ${what}`, t => {
    t.notThrows(() => checkRunning(asked, running))
  })
}

const REFUSED: [asked: object, message: string][] = [
  [{ kubernetes: '1.37' }, 'the sandbox "sandbox" runs Kubernetes 1.34.4, not 1.37.2'],
  [{ kserve: '0.20.0' }, 'the sandbox "sandbox" runs KServe 0.16.0, not 0.20.0'],
]
for (const [asked, message] of REFUSED) {
  test(`P3 · ${message}`, t => {
    const error = t.throws(() => checkRunning(asked, RUNNING), { instanceOf: SlipwayError })
    t.is(error?.problems[0]?.message, message)
    t.regex(error?.problems[0]?.remedy ?? '', /sandbox reset.*--name/)
  })
}

test('P3 · a version that is not known is refused before anything is done', t => {
  t.throws(() => checkAsked({ kserve: '0.1' }), { instanceOf: SlipwayError })
})
