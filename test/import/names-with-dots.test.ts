import test from 'ava'
import { adoptionOf } from '../../src/import/index.ts'
import { endpointFile, load, problemText, projectFile } from '../spec/support.ts'
import { becomes, imported } from '../support/import.ts'
import { deployment, FRONT } from '../support/live-deployment.ts'

/** Names of Deployments may have dots, as those of models have; names of Services may not. */

const LIVE = deployment({ metadata: { name: 'tiny-1.5b' } })

for (const [title, others] of Object.entries({ 'with a Service': [FRONT], 'without one': [] })) {
  test(`A1 · a Deployment whose name has dots is imported as it is: ${title}`, async t => {
    const result = await imported({ workload: LIVE, others })
    t.deepEqual([result.losses, result.unsaid], [[], []])
    t.deepEqual(adoptionOf(result), { state: 'as it is', reasons: [] })
    t.is(result.document.metadata.name, 'tiny-1.5b')
    for (const each of [LIVE, ...others]) t.truthy(becomes(result, each))
  })
}

test('A1 · with --improve its Service has dashes for the dots', async t => {
  const { document, rendered, losses } = await imported({ workload: LIVE, improve: true })
  t.deepEqual(losses, [])
  t.deepEqual(document.spec.service, { name: 'tiny-1-5b-svc' })
  t.true(rendered.objects.some(({ metadata }) => metadata.name === 'tiny-1-5b-svc'))
})

const IMAGE = 'image: registry.example.com/tiny:1.0.0'

const REFUSED: Record<string, [spec: string, says: RegExp]> = {
  'a Service that nobody named': [IMAGE, /has a "\.", which its Service tiny-1\.5b-svc must not/],
  'an InferenceService': [
    `${IMAGE}\nruntime: kserve\nservice: {name: tiny}`,
    /which an InferenceService must not/,
  ],
  'a candidate': [
    `${IMAGE}\nservice: {name: tiny}\nroute: {host: tiny.example.com, gateway: {name: public}}\ncanary: {weight: 5, image: "registry.example.com/tiny:1.1.0"}`,
    /which the Service of its canary, tiny-1\.5b-canary-svc, must not/,
  ],
  'an external endpoint': [
    'runtime: external\nexternal: {host: api.example.com}\nservice: {name: tiny}',
    /which its Service tiny-1\.5b-svc must not/,
  ],
}

for (const [title, [spec, says]] of Object.entries(REFUSED)) {
  test(`K10 · a name with dots is refused where it would name what has none: ${title}`, async t => {
    const { problems } = await load({
      'slipway.yaml': projectFile(),
      'endpoints/tiny.yaml': endpointFile(spec, '{name: tiny-1.5b}'),
    })
    const [error, ...others] = problems.filter(({ severity }) => severity === 'error')
    t.regex(error === undefined ? '' : problemText(error), says)
    t.deepEqual(others, [])
  })
}

test('K10 · with a Service of another name it is taken', async t => {
  const { problems } = await load({
    'slipway.yaml': projectFile(),
    'endpoints/tiny.yaml': endpointFile(`${IMAGE}\nservice: {name: tiny}`, '{name: tiny-1.5b}'),
  })
  t.deepEqual(problems, [])
})
