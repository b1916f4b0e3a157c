import test from 'ava'
import { kindOf } from '../../src/kinds/index.ts'
import type { KubeObject } from '../../src/object/index.ts'

function aJob(uid: string, name: string, more: object = {}): KubeObject {
  const generated = { 'controller-uid': uid, 'batch.kubernetes.io/job-name': name }
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'warm' },
    spec: {
      ...more,
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
      template: { metadata: { labels: { team: 'ml', ...generated } }, spec: {} },
    },
  }
}

const plain = (job: KubeObject) => kindOf(job).withoutGenerated?.(job)

test('W1 · what the API server generates for each Job is no difference between two of them', t => {
  t.deepEqual(plain(aJob('a', 'warm')), plain(aJob('b', 'warm-slipway-trial')))
  t.like(plain(aJob('a', 'warm')), {
    spec: { template: { metadata: { labels: { team: 'ml' } } } },
  })
})

test('W1 · a selector that somebody wrote is compared', t => {
  const job = aJob('a', 'warm', { manualSelector: true })
  t.is(plain(job), job)
})
