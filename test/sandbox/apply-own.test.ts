import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { SlipwayError } from '../../src/problem/index.ts'
import { applyOwn } from '../../src/sandbox/kubectl.ts'

const BUSY =
  'Error from server (Timeout): Timeout: request did not complete within requested timeout'
const ETCD = 'Error from server: etcdserver: request timed out'

test.serial('what a busy API server did not manage is applied once more', async t => {
  for (const refusal of [BUSY, ETCD]) {
    // oxlint-disable-next-line no-await-in-loop
    t.is(await timesAsked(t, { refusal, times: 2 }), 3)
  }
})

test.serial('what it refuses for another reason is not', async t => {
  t.is(await timesAsked(t, { refusal: 'Error from server (Forbidden): no', times: 9 }), 1)
})

test.serial('nor for ever', async t => {
  t.is(await timesAsked(t, { refusal: BUSY, times: 9 }), 4)
})

/** How often kubectl is run, when it is refused so many times. */
async function timesAsked(
  t: { teardown: (clean: () => void) => void; true: (value: boolean) => boolean },
  { refusal, times }: { refusal: string; times: number },
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-kubectl-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const calls = join(folder, 'calls')
  const kubectl = join(folder, 'kubectl')
  writeFileSync(
    kubectl,
    `#!/bin/sh\necho "$*" >> ${calls}\n[ $(wc -l < ${calls}) -gt ${times} ] || { echo '${refusal}' >&2; exit 1; }\n`,
  )
  chmodSync(kubectl, 0o755)
  try {
    await applyOwn({ kubectl, stateDirectory: folder }, ['-f', 'a.yaml'])
  } catch (error) {
    t.true(error instanceof SlipwayError)
  }
  return readFileSync(calls, 'utf8').trim().split('\n').length
}
