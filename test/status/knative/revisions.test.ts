import test from 'ava'
import type { KubeObject } from '../../../src/object/index.ts'
import { assess, endpointStatus, viewOf } from '../../../src/status/index.ts'
import { event, live } from '../build.ts'

/** In Knative mode a revision serves until the next one is ready: what is said of either, and which of them is judged. */

const WRITTEN = '2026-11-21T10:00:00Z'
const NOW = '2026-11-21T10:05:00Z'
const image = (version: string) => `registry.example.com/team/chat:${version}`
const DIGEST = `registry.example.com/team/chat@sha256:${'4a'.repeat(32)}`

interface Asked {
  version?: string
  percent?: number
  newest?: number
  stable?: number
  /** The newest that was ready. */
  last?: number
  traffic?: Record<number, number>
  ready?: 'True' | 'Unknown'
}

const named = (number: number) => `chat-predictor-0000${number}`

function chat(asked: Asked = {}): KubeObject {
  const { version = 'v2', percent, newest = 1, stable = newest, ready = 'True' } = asked
  const { traffic = { [stable]: 100 }, last = newest } = asked
  return live('serving.kserve.io/v1beta1', 'InferenceService', 'chat', {
    metadata: { generation: 2, finalizers: ['inferenceservice.finalizers'] },
    spec: {
      predictor: {
        ...(percent !== undefined && { canaryTrafficPercent: percent }),
        containers: [
          { name: 'kserve-container', image: image(version), readinessProbe: { httpGet: {} } },
        ],
      },
    },
    status: {
      deploymentMode: 'Knative',
      components: {
        predictor: {
          latestCreatedRevision: named(newest),
          latestReadyRevision: named(last),
          latestRolledoutRevision: named(stable),
          traffic: Object.entries(traffic).map(([number, share]) => ({
            revisionName: named(Number(number)),
            percent: share,
          })),
        },
      },
      conditions: [
        { type: 'PredictorConfigurationReady', status: ready },
        { type: 'Ready', status: ready },
      ],
    },
  })
}

function revision(number: number, served = image(`v${number}`), replicas = 1): KubeObject {
  return live('apps/v1', 'Deployment', `${named(number)}-deployment`, {
    metadata: {
      creationTimestamp: `2026-11-21T0${number}:00:00Z`,
      labels: {
        'serving.kserve.io/inferenceservice': 'chat',
        component: 'predictor',
        'serving.knative.dev/revision': named(number),
        'serving.knative.dev/configurationGeneration': String(number),
      },
    },
    spec: {
      replicas,
      template: {
        spec: {
          containers: [
            { name: 'kserve-container', image: served },
            { name: 'queue-proxy', image: 'registry.example.com/queue:v1' },
          ],
        },
      },
    },
    status: { replicas, readyReplicas: replicas },
  })
}

const judged = (object: KubeObject, ...related: KubeObject[]) =>
  assess({ object, related: viewOf(related), since: WRITTEN, now: NOW })

test('K3, K9 · Ready is not believed while the newest revision is the one before', t => {
  const { state, message } = judged(chat({ version: 'v2' }), revision(1))
  t.is(state, 'progressing')
  t.regex(message, /waiting for Knative to make a revision with the new containers\[0\]\.image/)
})

test('K3, K9 · … and is when there is one of what was written', t => {
  const object = chat({ version: 'v2', newest: 2 })
  t.is(judged(object, revision(1), revision(2)).message, `ready (revision ${named(2)})`)
})

test('K3, K9 · a digest that Knative wrote for the tag is what was asked for', t => {
  t.is(judged(chat(), revision(1, DIGEST)).state, 'ready')
})

test('K3, K9 · a revision at zero is ready', t => {
  const { state, message } = judged(chat({ version: 'v1' }), revision(1, undefined, 0))
  t.is(state, 'ready')
  t.is(message, `ready (revision ${named(1)}, at zero until a request comes)`)
})

test('W3, K9 · status tells the candidate by its revision, with the share that the route gives it', t => {
  const object = chat({
    version: 'v2',
    percent: 20,
    newest: 2,
    stable: 1,
    traffic: { 1: 80, 2: 20 },
  })
  const related = viewOf([revision(1), revision(2, undefined, 2)])
  const found = endpointStatus({ objects: [object], related })
  t.is(found.state, 'ready')
  t.is(found.image, image('v1'))
  t.deepEqual(found.replicas, { ready: 1, desired: 1 })
  t.deepEqual(found.canary, {
    name: named(2),
    weight: 20,
    replicas: { ready: 2, desired: 2 },
    image: image('v2'),
  })
})

test('W3, K9 · a candidate that is not ready gets nothing yet', t => {
  const object = chat({ version: 'v2', percent: 20, newest: 2, stable: 1, traffic: { 1: 100 } })
  const related = viewOf([revision(1), revision(2)])
  t.is(endpointStatus({ objects: [object], related }).canary?.weight, 0)
})

test('W3, K9 · what was promoted is no candidate any more', t => {
  const object = chat({ version: 'v2', percent: 100, newest: 2, stable: 2 })
  const related = viewOf([revision(1), revision(2)])
  const { canary, image: served } = endpointStatus({ objects: [object], related })
  t.is(canary, undefined)
  t.is(served, image('v2'))
})

test('K3, K9 · a new revision that fails: the one before still serves, and that is said', t => {
  const object = chat({ version: 'v2', newest: 2, traffic: { 1: 100 }, ready: 'Unknown' })
  const status = object['status'] as { conditions: object[] }
  status.conditions[0] = {
    type: 'PredictorConfigurationReady',
    status: 'False',
    reason: 'RevisionFailed',
    message: `Revision "${named(2)}" failed with message: Unable to fetch image "${image('v2')}": failed to resolve image to digest: MANIFEST_UNKNOWN: manifest unknown.`,
    lastTransitionTime: NOW,
  }
  const { state, diagnosis } = judged(object, revision(1))
  t.is(state, 'failed')
  t.is(diagnosis?.cause, 'knative-revision')
  t.true(diagnosis?.evidence.includes(`revision ${named(1)} still serves 100 % of the requests`))
})

test('K3, K9 · Ready is not believed while it is about the revision before, of which the status still speaks', t => {
  const before = chat({ version: 'v2', newest: 1 })
  const { state, message } = judged(before, revision(1), revision(2))
  t.is(state, 'progressing')
  t.is(message, 'waiting for revision chat-predictor-00002 to be ready')
  const created = chat({ version: 'v2', newest: 2, last: 1 })
  t.is(judged(created, revision(1), revision(2)).message, message)
  t.is(judged(chat({ version: 'v2', newest: 2 }), revision(1), revision(2)).state, 'ready')
})

function failed(object: KubeObject, message: string, at = WRITTEN): KubeObject {
  const status = object['status'] as { conditions: object[] }
  status.conditions[0] = {
    type: 'PredictorConfigurationReady',
    status: 'False',
    reason: 'RevisionFailed',
    message: `Revision "${named(2)}" failed with message: ${message}.`,
    lastTransitionTime: at,
  }
  return object
}

const REFUSALS = {
  'a quota':
    'pods "chat-predictor-00002-deployment-7c4d-x" is forbidden: exceeded quota: few, requested: pods=1, used: pods=1, limited: pods=1',
  'a webhook': 'admission webhook "validate.policies.example.com" denied the request: no owner',
  'a webhook that does not answer':
    'Internal error occurred: failed calling webhook "policies.example.com": connection refused',
}

for (const [what, message] of Object.entries(REFUSALS)) {
  test(`K3, K9 · pods that ${what} refuses: Knative may be heard before its Deployment is`, t => {
    const begun = (at: string) =>
      failed(
        chat({ version: 'v2', newest: 2, last: 1, traffic: { 1: 100 }, ready: 'Unknown' }),
        message,
        at,
      )
    t.is(judged(begun('2026-11-21T10:04:50Z'), revision(1)).state, 'progressing')
    t.is(judged(begun('2026-11-21T10:04:20Z'), revision(1)).state, 'failed')
  })
}

test('K3, K9 · what pods are given up for is told with the revision that still serves', t => {
  const words = 'Initial scale was never achieved'
  const object = chat({ version: 'v2', newest: 2, last: 1, traffic: { 1: 100 }, ready: 'Unknown' })
  const before = chat({ version: 'v2', newest: 1, traffic: { 1: 100 } })
  const overdue = revision(2)
  overdue['status'] = {
    conditions: [
      {
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
        message: 'ReplicaSet "chat-predictor-00002-deployment-7c4d" has timed out progressing.',
        lastTransitionTime: NOW,
      },
    ],
  }
  const { state, diagnosis } = judged(failed(object, words), revision(1), overdue)
  t.is(state, 'failed')
  t.is(diagnosis?.cause, 'progress-deadline')
  const served = `revision ${named(1)} still serves 100 % of the requests`
  t.deepEqual(
    diagnosis?.evidence.filter(fact => fact === served),
    [served],
  )
  const early = judged(before, revision(1), overdue)
  t.is(early.state, 'failed')
  t.true(early.diagnosis?.evidence.includes(served), 'before KServe names the new one')
})

test('K3, K9 · while no revision was made of what was written, the newest still serves', t => {
  const object = chat({ version: 'v2', newest: 1, traffic: { 1: 100 }, ready: 'Unknown' })
  const refused = event(object, {
    reason: 'InternalError',
    message:
      'fails to reconcile predictor: admission webhook "validation.webhook.serving.knative.dev" denied the request: validation callback failed: dry run failed with pods "dry-run-validation" is forbidden: exceeded quota: few, requested: pods=1, used: pods=1, limited: pods=1: spec.template',
    at: '2026-11-21T10:04:00Z',
  })
  const { state, diagnosis } = judged(object, revision(1), refused)
  t.is(state, 'failed')
  t.true(diagnosis?.evidence.includes(`revision ${named(1)} still serves 100 % of the requests`))
})
