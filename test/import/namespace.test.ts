import test from 'ava'
import {
  importNamespace,
  type NamespaceRequest,
} from '../../src/import/namespace/import-namespace.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { rendered } from '../support/import.ts'
import { FRONT, MODEL, deployment, service } from '../support/live-deployment.ts'

/** The rows of `import --all`: what comes in, and what stays outside and why. */

function named(name: string, more: object = {}): KubeObject {
  const labels = { app: name }
  return deployment({ metadata: { name, namespace: 'llm', ...more }, labels })
}

const ISVC: KubeObject = {
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  metadata: { name: 'digits', namespace: 'llm' },
  spec: { predictor: { containers: [{ ...MODEL, name: 'kserve-container' }] } },
}

async function rowsOf(live: KubeObject[], more: Partial<NamespaceRequest> = {}) {
  return importNamespace({
    live,
    setId: 'own',
    fileOf: () => undefined,
    render: async draft => rendered(draft),
    problemsOf: async () => [],
    ...more,
  })
}

const shown = (rows: Awaited<ReturnType<typeof rowsOf>>) =>
  rows.map(({ kind, name, state, document }) => [kind, name, state, document !== undefined])

test('A1 · a namespace comes in with what belongs to each, by name', async t => {
  const grpc = service('digits-grpc', {
    selector: { app: 'zebra' },
    ports: [{ port: 9000, targetPort: 8080 }],
  })
  const rows = await rowsOf([named('zebra'), FRONT, grpc, ISVC, named('iris')])
  t.deepEqual(shown(rows), [
    ['InferenceService', 'digits', 'as it is', true],
    ['Deployment', 'iris', 'as it is', true],
    ['Deployment', 'zebra', 'as it is', true],
  ])
  const [, iris, zebra] = rows.map(({ document }) => document?.spec.service)
  t.deepEqual([iris, zebra], [{ name: 'front' }, { name: 'digits-grpc', port: 9000 }])
})

test('A1 · what a controller made is its controller’s', async t => {
  const owned = named('digits-predictor', {
    ownerReferences: [
      {
        apiVersion: ISVC.apiVersion,
        kind: ISVC.kind,
        name: 'digits',
        uid: 'a',
        controller: true,
      },
    ],
  })
  t.deepEqual(shown(await rowsOf([owned, ISVC])), [
    ['InferenceService', 'digits', 'as it is', true],
  ])
})

test('A1 · another kind, another set, a name that is taken and one in git are told', async t => {
  const sts: KubeObject = { ...named('db'), kind: 'StatefulSet' }
  const other = named('other', { labels: { 'applyset.kubernetes.io/part-of': 'theirs' } })
  const rows = await rowsOf([sts, other, named('digits'), ISVC, named('old')], {
    fileOf: name => (name === 'old' ? 'endpoints/old.yaml' : undefined),
  })
  t.deepEqual(shown(rows), [
    ['StatefulSet', 'db', 'not at all', false],
    ['InferenceService', 'digits', 'as it is', true],
    ['Deployment', 'digits', 'not at all', false],
    ['Deployment', 'old', 'in git already', false],
    ['Deployment', 'other', 'not at all', false],
  ])
  const reasons = rows.map(row => row.reasons.join('; '))
  t.regex(reasons[0] ?? '', /a StatefulSet cannot be an endpoint/)
  t.regex(reasons[2] ?? '', /InferenceService\/digits has the name, too/)
  t.is(reasons[3], 'endpoints/old.yaml')
  t.regex(reasons[4] ?? '', /belongs to another set/)
  t.deepEqual(
    rows.map(({ isPossible }) => isPossible),
    [false, true, true, true, true],
  )
})

test('A1 · only workloads of the kind that is asked for', async t => {
  const rows = await rowsOf([named('iris'), ISVC], { only: 'Deployment' })
  t.deepEqual(shown(rows), [['Deployment', 'iris', 'as it is', true]])
})

test('A2 · what cannot be told or cannot be complete has no document, and the others have', async t => {
  const two = deployment({
    metadata: { name: 'two', namespace: 'llm' },
    labels: { app: 'two' },
    containers: [MODEL, { ...MODEL, name: 'other', ports: [{ containerPort: 8081 }] }],
  })
  const rows = await rowsOf([two, named('iris')])
  t.deepEqual(shown(rows), [
    ['Deployment', 'iris', 'as it is', true],
    ['Deployment', 'two', 'not at all', false],
  ])
  t.regex(rows[1]?.reasons[0] ?? '', /which container of Deployment\/llm\/two serves the model/)
})

test('A2 · what is valid alone and not beside the others stays outside', async t => {
  const rows = await rowsOf([named('iris'), named('zebra')], {
    problemsOf: async documents =>
      documents.length < 2
        ? []
        : [
            {
              code: 'wiring',
              severity: 'error',
              endpoint: 'zebra',
              message: 'both want the host a.example.com',
            },
          ],
  })
  t.deepEqual(shown(rows), [
    ['Deployment', 'iris', 'as it is', true],
    ['Deployment', 'zebra', 'not at all', false],
  ])
  t.deepEqual(rows[1]?.reasons, ['both want the host a.example.com'])
})
