import test from 'ava'
import { at, type KubeObject } from '../../src/object/index.ts'
import { endpointFile } from '../../src/scaffold/index.ts'
import { becomes, imported } from '../support/import.ts'
import { FRONT, MODEL, deployment } from '../support/live-deployment.ts'

/** What is switched off for what runs without it, and a spec that has it after all. */

const LIVE = deployment({
  containers: [{ ...MODEL, env: [{ name: 'THREADS', value: '4' }], tty: true }],
  pod: { hostAliases: [{ ip: '10.0.0.1', hostnames: ['models'] }] },
})
const ISVC: KubeObject = {
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  metadata: { name: 'iris', namespace: 'llm' },
  spec: {
    predictor: {
      logger: { mode: 'all' },
      containers: [{ ...MODEL, name: 'kserve-container', tty: true }],
    },
  },
}
const server = (object: KubeObject) =>
  at(object, 'spec', 'template', 'spec', 'containers', 0) ??
  at(object, 'spec', 'predictor', 'containers', 0)

test('A1 · what is switched off stands in one block of the file, with what slipway advises', async t => {
  const { document } = await imported({ workload: LIVE, others: [FRONT] })
  const text = endpointFile(document)
  const [above = '', below = ''] = text.split('  # Switched off:')
  t.notRegex(above, /false|null|\$patch|#/)
  t.regex(below, /# - probes\.readiness: requests reach a pod only when its model is loaded\n/)
  t.regex(below, /# - podSecurity: no root/)
  t.regex(below, /\n {2}probes:\n {4}readiness: false\n/)
  t.regex(below, /\n {2}podSecurity: false\n/)
  t.notRegex(
    below
      .split('\n')
      .slice(1)
      .join('\n')
      .replace(/^( {2}#.*\n)+/, ''),
    /#/,
  )
})

test('A1 · an InferenceService has its switch in the block', async t => {
  const { document } = await imported({ workload: ISVC })
  const [above = '', below = ''] = endpointFile(document).split('  # Switched off:')
  t.notRegex(above, /kserve:/)
  t.regex(below, /\n {2}kserve:\n {4}defaults: false\n/)
})

test('A1 · with --improve the spec has slipway’s defaults, and all that is live', async t => {
  const result = await imported({ workload: LIVE, others: [FRONT], improve: true })
  t.deepEqual(result.losses, [])
  t.is(result.document.block, undefined)
  t.notRegex(endpointFile(result.document), /false|\$patch|#/)
  const own = becomes(result, LIVE)
  t.like(server(own), {
    tty: true,
    readinessProbe: { httpGet: { path: '/health', port: 8080 } },
    lifecycle: { preStop: { sleep: { seconds: 10 } } },
  })
  t.deepEqual(at(server(own), 'env'), [
    { name: 'PORT', value: '8080' },
    { name: 'HOME', value: '/tmp' },
    { name: 'THREADS', value: '4' },
  ])
  t.like(at(own, 'spec', 'template', 'spec'), {
    hostAliases: [{ ip: '10.0.0.1', hostnames: ['models'] }],
    securityContext: { runAsNonRoot: true },
    enableServiceLinks: false,
  })
  t.is(at(own, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable'), 0)
})

test('A1 · with --improve nothing is replaced for a selector’s sake', async t => {
  const result = await imported({ workload: LIVE, others: [FRONT], improve: true })
  t.deepEqual(at(becomes(result, LIVE), 'spec', 'selector'), { matchLabels: { app: 'iris' } })
  t.deepEqual(at(becomes(result, FRONT), 'spec', 'selector'), { app: 'iris' })
  const labels = at(becomes(result, LIVE), 'spec', 'template', 'metadata', 'labels')
  t.like(labels, { app: 'iris', 'slipway.dev/endpoint': 'iris' })
})

test('A1 · with --improve an InferenceService has slipway’s defaults, and all that is live', async t => {
  const result = await imported({ workload: ISVC, improve: true })
  t.deepEqual(result.losses, [])
  t.is(result.document.spec.kserve?.defaults, undefined)
  const own = becomes(result, ISVC)
  t.like(at(own, 'spec', 'predictor'), { logger: { mode: 'all' } })
  t.like(server(own), { tty: true, readinessProbe: { httpGet: { path: '/health', port: 8080 } } })
  t.is(own.metadata.labels?.['slipway.dev/endpoint'], 'iris')
})
