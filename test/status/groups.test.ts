import type { KubeObject } from '../../src/object/index.ts'
import { CRASHING, deployment, live, ownedBy, pod, replicaSet } from './build.ts'
import { GENERATION, OLD, SOON, condition, made, row, type Said } from './controlled.ts'

// LLMInferenceService
const llm = (conditions?: Said[]) =>
  made('serving.kserve.io/v1alpha2', 'LLMInferenceService', {
    status: { ...(conditions && { conditions }) },
  })
const NOT_READY = condition('Ready', 'False', 'MinimumReplicasUnavailable')
row('LLMInferenceService that is ready', {
  object: llm([condition('Ready', 'True', '')]),
  now: SOON,
  state: 'ready',
  message: /^ready$/,
})
row('LLMInferenceService without status', {
  object: llm(),
  now: SOON,
  state: 'progressing',
  message: /^waiting for KServe's/,
})
row('LLMInferenceService that nobody looks at', {
  object: llm(),
  state: 'progressing',
  message: /^waiting for KServe's/,
  cause: 'no-controller',
})
row('LLMInferenceService that was ready before the write', {
  object: llm([condition('Ready', 'True', '', OLD)]),
  now: SOON,
  state: 'progressing',
  message: /to take up the change$/,
})
row('LLMInferenceService whose workload is on its way', {
  object: llm([
    NOT_READY,
    condition('WorkloadsReady', 'False', 'MinimumReplicasUnavailable'),
    condition('MainWorkloadReady', 'False', 'MinimumReplicasUnavailable'),
  ]),
  state: 'progressing',
  message: /^MinimumReplicasUnavailable/,
})
row('LLMInferenceService that is based on what is not there', {
  object: llm([NOT_READY, condition('PresetsCombined', 'False', 'ConfigNotFound')]),
  state: 'failed',
  message: /^ConfigNotFound/,
  cause: 'kserve-reconcile',
})
row('LLMInferenceService that is based on what may be of the same apply', {
  object: llm([NOT_READY, condition('PresetsCombined', 'False', 'ConfigNotFound')]),
  now: SOON,
  state: 'progressing',
  message: /^ConfigNotFound/,
  cause: 'kserve-reconcile',
})
const crashing = (owner: KubeObject) => {
  const main = deployment({
    metadata: ownedBy(owner),
    status: { availableReplicas: 0 },
    replicas: 1,
  })
  const set = replicaSet(main, { revision: 1 })
  return [main, set, pod('chat-0', { owner: set, status: CRASHING })]
}
row('LLMInferenceService whose pods cannot start', {
  object: llm([NOT_READY]),
  related: crashing(llm()),
  state: 'failed',
  message: /keeps ending \(4 restarts\)/,
  cause: 'crash-loop',
})

// LeaderWorkerSet
const groups = (status: Said | undefined, spec: Said = { replicas: 2 }) =>
  made('leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', { spec, ...(status && { status }) })
const COUNTS = { replicas: 2, readyReplicas: 2, updatedReplicas: 2 }
const AVAILABLE = condition('Available', 'True', 'AllGroupsReady', OLD)
row('LeaderWorkerSet that is ready', {
  object: groups({ ...COUNTS, observedGeneration: GENERATION, conditions: [AVAILABLE] }),
  now: SOON,
  state: 'ready',
  message: /^2 groups ready$/,
})
row('LeaderWorkerSet without status', {
  object: groups(undefined),
  now: SOON,
  state: 'progressing',
  message: /^waiting for the LeaderWorkerSet controller/,
})
row('LeaderWorkerSet that nobody looks at', {
  object: groups(undefined),
  state: 'progressing',
  message: /^waiting for the LeaderWorkerSet controller/,
  cause: 'no-controller',
})
row('LeaderWorkerSet that was ready as of before', {
  object: groups({ ...COUNTS, observedGeneration: 2, conditions: [AVAILABLE] }),
  state: 'progressing',
  message: /generation 3/,
})
row('LeaderWorkerSet of an older controller that was ready before the write', {
  object: groups({ ...COUNTS, conditions: [AVAILABLE] }),
  now: SOON,
  state: 'progressing',
  message: /to take up the change$/,
})
row('LeaderWorkerSet that rolls out', {
  object: groups({
    ...COUNTS,
    updatedReplicas: 1,
    observedGeneration: GENERATION,
    conditions: [condition('Progressing', 'True', 'GroupsProgressing')],
  }),
  state: 'progressing',
  message: /^1 of 2 groups updated/,
})
row('LeaderWorkerSet whose leaders cannot start', {
  object: groups({
    replicas: 2,
    updatedReplicas: 2,
    observedGeneration: GENERATION,
    conditions: [condition('Progressing', 'True', 'GroupsProgressing')],
  }),
  related: leaders(groups(undefined)),
  state: 'failed',
  message: /keeps ending/,
  cause: 'crash-loop',
})

function leaders(owner: KubeObject): KubeObject[] {
  const set = live('apps/v1', 'StatefulSet', 'chat', {
    metadata: ownedBy(owner),
    status: { replicas: 1 },
  })
  return [set, pod('chat-0', { owner: set, status: CRASHING })]
}

// Job
const job = (conditions: Said[], spec: Said = {}) =>
  made('batch/v1', 'Job', { spec, status: { conditions } })
row('Job that has completed', {
  object: job([condition('Complete', 'True', 'CompletionsReached')]),
  state: 'ready',
  message: /^completed$/,
})
row('Job without status', { object: job([]), state: 'progressing', message: /^0 of 1 completed/ })
row('Job that has failed: its end is final', {
  object: job([condition('Failed', 'True', 'BackoffLimitExceeded', OLD)]),
  state: 'failed',
  message: /^BackoffLimitExceeded/,
  cause: 'failed',
})
row('Job that is about to fail', {
  object: job([condition('FailureTarget', 'True', 'BackoffLimitExceeded')]),
  state: 'progressing',
  message: /completed/,
})
row('Job that tries again', {
  object: made('batch/v1', 'Job', { spec: { backoffLimit: 6 }, status: { failed: 2, active: 1 } }),
  state: 'progressing',
  message: /^0 of 1 completed/,
})
row('Job that is suspended', {
  object: job([condition('Suspended', 'True', 'JobSuspended')]),
  state: 'progressing',
  message: /suspend/,
})
