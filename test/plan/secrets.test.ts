import test from 'ava'
import { visibleChanges } from '../../src/plan/fields/visible.ts'

const deployment = (token: string, key: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'chat' },
  spec: {
    args: [`--api-key=${key}`],
    env: [
      { name: 'HF_TOKEN', value: token },
      { name: 'MAX_TOKENS', value: '4096' },
    ],
  },
})

test('S3 · secrets of variables and options are fingerprints: changed is told from unchanged', t => {
  const changes = visibleChanges(
    deployment('correct-horse', 'one'),
    deployment('battery-staple', 'one'),
    'set',
  )
  t.deepEqual(
    changes.map(({ path }) => path),
    ['spec.env[name=HF_TOKEN].value'],
  )
  t.regex(String(changes[0]?.before), /^fingerprint:[0-9a-f]{10}$/)
  t.not(changes[0]?.before, changes[0]?.after)
  const both = visibleChanges(deployment('a-secret', 'one'), deployment('a-secret', 'two'), 'set')
  t.notRegex(JSON.stringify(both), /a-secret|=one|=two/)
  t.is(both.length, 1)
})
