import test from 'ava'
import { assess, explain, viewOf } from '../../src/status/index.ts'
import { event } from './build.ts'
import { child, NEW, OLD, service } from './kserve-build.ts'

/** Events of KServe v0.16.0, verbatim; none of them leaves a condition. */
const ERRORS: [title: string, reason: string, message: string, summary: RegExp, remedy: RegExp][] =
  [
    [
      'a foreign Deployment of that name',
      'InternalError',
      'fails to reconcile predictor: Deployment.apps "llm-std-predictor" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"isvc.llm-std-predictor"}}: field is immutable',
      /a Deployment llm-std-predictor that KServe did not make is in its way/,
      /rename/,
    ],
    [
      'limits without requests',
      'InternalError',
      'fails to reconcile predictor: Deployment.apps "ext-predictor" is invalid: spec.template.spec.containers[0].resources.requests: Invalid value: "2Gi": must be less than or equal to memory limit of 1Gi',
      /limits of llm-std are lower than the requests that KServe adds/,
      /resources\.memory\.request/,
    ],
    [
      'kserve-container is not the first',
      'InternalError',
      'fails to reconcile predictor: Deployment.apps "twoc-predictor" is invalid: spec.template.spec.containers[1].name: Duplicate value: "kserve-container"',
      /kserve-container is not the first/,
      /put kserve-container first/,
    ],
    [
      'name and namespace too long together',
      'InternalError',
      'fails to create NewRawKubeReconciler for predictor: failed creating host name: invalid domain name "aaa": url: Invalid value: "aaa": must be no more than 63 characters',
      /llm-std-predictor-<namespace> is longer than 63 characters/,
      /shorter/,
    ],
    [
      'name too long for its children',
      'InternalError',
      'fails to reconcile predictor: Deployment.apps "aaa-predictor" is invalid: [metadata.labels: Invalid value: "isvc.aaa-predictor": must be no more than 63 characters, spec.selector.matchLabels: Invalid value: "isvc.aaa-predictor": must be no more than 63 characters]',
      /the name llm-std is too long/,
      /48 characters/,
    ],
    [
      'no runtime for the model format',
      'InternalError',
      'no runtime found to support predictor with model type: {huggingface <nil>}',
      /no serving runtime supports the model format/,
      /ClusterServingRuntime/,
    ],
    [
      'serverless without Knative',
      'ServerlessModeRejected',
      'It is not possible to use Knative deployment mode when Knative Services are not available',
      /asks for serverless mode, but Knative is not installed/,
      /deploymentMode: raw/,
    ],
  ]

const WRITTEN = '2026-11-21T00:20:00.500Z'
const AFTER = '2026-11-21T00:20:02Z'
const NOW = '2026-11-21T00:20:05Z'

for (const [title, reason, message, summary, remedy] of ERRORS) {
  test(`K10 · ${title}: fails with the reason that only an event says`, t => {
    const object = service('reconcile-failed')
    const related = viewOf([event(object, { reason, message, at: AFTER })])
    const verdict = assess({ object, related, since: WRITTEN, now: NOW })
    t.is(verdict.state, 'failed')
    t.is(verdict.diagnosis?.cause, 'kserve-reconcile')
    t.regex(verdict.diagnosis?.summary ?? '', summary)
    t.regex(verdict.diagnosis?.remedy ?? '', remedy)
    t.regex(verdict.diagnosis?.evidence[0] ?? '', new RegExp(`^event ${reason}: `))
  })

  test(`K10 · ${title}: an event from before our write is about the spec before`, t => {
    const object = service('reconcile-failed')
    const related = viewOf([event(object, { reason, message, at: '2026-11-21T00:20:00Z' })])
    const verdict = assess({ object, related, since: WRITTEN, now: NOW })
    t.is(verdict.state, 'progressing')
    t.is(verdict.diagnosis, undefined)
  })
}

const LIMITS = ERRORS[1]?.[2] ?? ''

test('K10 · after an update Ready=True and the old Deployment stay: the event fails it', t => {
  const object = service('ready', { generation: 2, image: NEW })
  const failed = event(object, { reason: 'InternalError', message: LIMITS, at: AFTER })
  const related = viewOf([child(object, { image: OLD }), failed])
  const verdict = assess({ object, related, since: WRITTEN, now: NOW })
  t.is(verdict.state, 'failed')
  t.is(verdict.diagnosis?.cause, 'kserve-reconcile')
})

test('K10 · an error that the next attempt got over does not matter', t => {
  const object = service('ready')
  const failed = event(object, { reason: 'InternalError', message: LIMITS, at: AFTER })
  t.is(
    assess({ object, related: viewOf([child(object), failed]), since: WRITTEN, now: AFTER }).state,
    'progressing',
  )
  t.is(
    assess({ object, related: viewOf([child(object), failed]), since: WRITTEN, now: NOW }).state,
    'ready',
  )
})

test('K10 · an unknown error keeps waiting, with its own words', t => {
  const object = service('reconcile-failed')
  const message = 'fails to reconcile predictor: etcdserver: request timed out'
  const related = viewOf([event(object, { reason: 'InternalError', message, at: AFTER })])
  const verdict = assess({ object, related, since: WRITTEN, now: NOW })
  t.is(verdict.state, 'progressing')
  t.regex(
    verdict.diagnosis?.summary ?? '',
    /cannot make the predictor of llm-std: InternalError: fails/,
  )
  t.is(verdict.diagnosis?.outlook, undefined)
})

test('K10 · two writers that meet are no cause', t => {
  const object = service('reconcile-failed')
  const message =
    'fails to update InferenceService status: Operation cannot be fulfilled on inferenceservices.serving.kserve.io "a": the object has been modified; please apply your changes to the latest version and try again'
  const related = viewOf([event(object, { reason: 'InternalError', message, at: AFTER })])
  t.deepEqual(explain({ object, related }), [])
})

test('K10 · an error before it became ready has been got over', t => {
  const object = service('unschedulable')
  const failed = event(object, { reason: 'InternalError', message: LIMITS, at: WRITTEN })
  const ready = event(object, { reason: 'InferenceServiceReady', type: 'Normal', at: AFTER })
  t.deepEqual(explain({ object, related: viewOf([failed, ready]) }), [])
  t.is(explain({ object, related: viewOf([failed]) })[0]?.cause, 'kserve-reconcile')
})

const writtenAt = (time: string) => {
  const managedFields = [{ manager: 'slipway', operation: 'Apply' as const, time }]
  const object = service('reconcile-failed', { managedFields })
  const failed = event(object, { reason: 'InternalError', message: LIMITS, at: AFTER })
  return assess({ object, related: viewOf([failed]), now: NOW }).state
}

test('K10 · without a time given, the time of our own write counts', t => {
  t.is(writtenAt('2026-11-21T00:20:00Z'), 'failed')
  t.is(writtenAt('2026-11-21T00:20:03Z'), 'progressing')
})

test('K10 · modelStatus says InvalidSpec: certain for a new object, open after an update', t => {
  const modelStatus = {
    transitionStatus: 'InvalidSpec',
    lastFailureInfo: { reason: 'NoSupportingRuntime', message: 'no runtime found' },
  }
  const status = { deploymentMode: 'Standard', modelStatus }
  const fresh = { ...service('reconcile-failed'), status }
  const updated = { ...service('reconcile-failed', { generation: 2 }), status }
  const related = viewOf([])
  t.is(assess({ object: fresh, related, since: WRITTEN }).state, 'failed')
  t.is(assess({ object: updated, related, since: WRITTEN }).state, 'progressing')
  t.is(assess({ object: updated, related }).state, 'failed')
})

test('K10 · InvalidSpec beside a Deployment that runs the old spec', t => {
  const object = service('ready')
  const modelStatus = {
    transitionStatus: 'InvalidSpec',
    lastFailureInfo: { reason: 'RuntimeDisabled' },
  }
  const status = { ...(object['status'] as object), modelStatus }
  const verdict = assess({ object: { ...object, status }, related: viewOf([child(object)]) })
  t.is(verdict.state, 'failed')
  t.regex(verdict.message, /runtime that llm-std names is not there or is disabled/)
})

const MODE = 'serving.kserve.io/deploymentMode'

test('K9 · the legacy mode annotation is recognised, with its cure', t => {
  const object = service('unschedulable', { annotations: { [MODE]: 'RawDeployment' } })
  const [first] = explain({ object, related: viewOf([]) })
  t.is(first?.cause, 'kserve-legacy-mode')
  t.is(
    first?.remedy,
    `kubectl -n llm-ops annotate --overwrite inferenceservice llm-std ${MODE}=Standard`,
  )
})

test('K9 · before 0.16 the same annotation is right', t => {
  const object = service('unschedulable', { annotations: { [MODE]: 'RawDeployment' } })
  const status = { ...(object['status'] as object), deploymentMode: 'RawDeployment' }
  t.deepEqual(explain({ object: { ...object, status }, related: viewOf([]) }), [])
})
