import { connect } from '../../src/cluster/index.ts'
import { isKserve } from '../../src/kinds/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { loadSet } from '../../src/spec/index.ts'
import { tryObjects } from '../../src/trial/index.ts'
import { memorySource } from '../spec/memory-source.ts'
import { filesOf, kserveSpecs } from '../support/kserve-specs.ts'
import { testedVersions } from '../support/runner-sandbox.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { runtimesOfKserve } from '../support/serving-runtimes.ts'

/** What is refused offline for the declared version of KServe is what that version refuses, by its schema and its webhooks. */

const { kserve } = sandboxTest()

/** The rules that stand for KServe's schema and webhooks; others are about what it accepts and cannot do. */
const WEBHOOK = ['schema', 'kserve-webhook', 'kserve-env']
const SEED = 20_261_129

kserve('M4, K10 · offline and KServe’s webhooks agree on hundreds of specs', async t => {
  const specs = kserveSpecs(SEED, 150)
  const version = testedVersions.kserve
  const files = { ...filesOf(specs), ...(await runtimesOfKserve(version)) }
  const { value, problems } = await loadSet({
    source: memorySource(Object.entries({ ...files, 'slipway.yaml': projectText(version) })),
  })
  t.deepEqual(
    problems.filter(({ severity }) => severity === 'error'),
    [],
  )
  if (value === undefined) throw new Error('the set was not loaded')
  const rendered = renderSet(value)
  const offline = new Map(
    rendered.problems
      .filter(({ severity, rule = '' }) => severity === 'error' && WEBHOOK.includes(rule))
      // KServe's defaulting webhook writes a port 0 or an empty name, and what it makes of that fails later.
      .filter(({ code }) => code !== 'missing-field')
      .map(({ endpoint = '', message }) => [endpoint, message]),
  )
  const { kubeconfig, context } = t.context.sandbox
  const cluster = await connect({ kubeconfig, context })
  t.teardown(() => cluster.close())
  const objects = rendered.objects.filter(({ object }) => isKserve(object))
  const tried = await tryObjects({ cluster, objects, isThrowAway: true })
  const online = new Map(
    tried
      .filter(({ severity }) => severity === 'error')
      .map(({ endpoint = '', message, cause }) => [endpoint, `${message} ${cause ?? ''}`]),
  )
  const disagreements = specs
    .filter(({ name }) => offline.has(name) !== online.has(name))
    .map(({ name, title }) => ({ title, offline: offline.get(name), online: online.get(name) }))
  t.deepEqual(disagreements, [])
  t.is(objects.length, specs.length)
  t.true(specs.length >= 300)
  t.true(online.size >= 100 && specs.length - online.size >= 100)
})

function projectText(version: string): string {
  return `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: { name: webhooks }
spec:
  environments:
    production:
      namespace: webhooks
      kserve: { version: ${version} }
      policies: { missingRequests: off }
`
}
