import { CRASHING, event, LOADING_STATUS, pod, READY_STATUS, UNSCHEDULABLE } from './build.ts'
import { documents } from './fixture.ts'
import { child, NEW, newest, OLD, service } from './kserve-build.ts'
import { NOW, row, type Row } from './kserve-table.ts'

row('K3 · ready: status and Deployment agree; Stopped=False is the normal case', () => {
  const object = service('ready')
  return { object, related: [child(object)], state: 'ready', message: 'ready' }
})
row('K3 · Ready=True is not believed while KServe has no Deployment', () => ({
  object: service('ready'),
  state: 'progressing',
  message: 'waiting for KServe to make the Deployment',
}))
row('K3 · a Deployment of the same name that KServe does not own does not count', () => {
  const object = service('ready')
  const foreign = child(object)
  return {
    object,
    related: [{ ...foreign, metadata: { ...foreign.metadata, ownerReferences: [] } }],
    state: 'progressing',
    message: /make the Deployment/,
  }
})
row(
  'K3 · Ready=True is stale for 70 ms after an update: the Deployment still has the old image',
  () => {
    const object = service('ready', { generation: 2, image: NEW })
    return {
      object,
      related: [child(object, { image: OLD })],
      state: 'progressing',
      message: 'waiting for KServe to bring containers[0].image to Deployment llm-std-predictor',
    }
  },
)
row('K3 · the Deployment has the new image, but its controller has not looked', () => {
  const object = service('ready', { generation: 2, image: NEW })
  return {
    object,
    related: [child(object, { image: NEW, generation: 2, status: { observedGeneration: 1 } })],
    state: 'progressing',
    message: 'waiting for generation 2 to be observed (last seen 1)',
  }
})
row('K3 · Ready=True with no pods, because the controller is down', () => {
  const object = service('ready')
  const status = { replicas: 0, updatedReplicas: 0, availableReplicas: 0, readyReplicas: 0 }
  return {
    object,
    related: [child(object, { status })],
    state: 'progressing',
    message: '0 of 1 new pods created',
  }
})
for (const [generation, observedGeneration] of [
  [3, 2],
  [3, 4],
] as const) {
  row(
    `K3 · generation ${generation} against observedGeneration ${observedGeneration} says nothing`,
    () => {
      const object = service('ready', { generation })
      const status = { ...(object['status'] as object), observedGeneration }
      return {
        object: { ...object, status },
        related: [child(object)],
        state: 'ready',
        message: 'ready',
      }
    },
  )
}
row(
  'K3 · Ready=Unknown during a rollout whose new pod crashes early, while the old one serves',
  () => {
    const object = service('rollout-crashing')
    const deployment = child(object, {
      status: { replicas: 2, updatedReplicas: 1, availableReplicas: 1, readyReplicas: 1 },
    })
    const made = newest(deployment)
    return {
      object,
      related: [deployment, made, pod('new', { owner: made, status: LOADING_STATUS })],
      state: 'progressing',
      message: /^0 of 1 new pods available; pod new: started, not ready yet/,
    }
  },
)
row('K3 · a crash loop of every new pod fails, though modelStatus still says UpToDate', () => {
  const object = service('rollout-crashing')
  const deployment = child(object, {
    status: { replicas: 2, updatedReplicas: 1, availableReplicas: 1, readyReplicas: 1 },
  })
  const made = newest(deployment)
  return {
    object,
    related: [deployment, made, pod('new', { owner: made, status: CRASHING })],
    state: 'failed',
    message: /container server of pod new keeps ending/,
    cause: 'crash-loop',
  }
})
row('K3 · BlockedByFailedLoad alone does not fail: it may be about an old pod', () => {
  const object = service('new-crashing')
  const deployment = child(object, { status: { availableReplicas: 0 } })
  const made = newest(deployment)
  return {
    object,
    related: [deployment, made, pod('new', { owner: made, status: LOADING_STATUS })],
    state: 'progressing',
    message: /pod new: started/,
  }
})
row('K3 · unschedulable: the reason stands on the pod', () => {
  const object = service('unschedulable')
  const deployment = child(object, { status: { availableReplicas: 0 } })
  const made = newest(deployment)
  return {
    object,
    related: [deployment, made, pod('new', { owner: made, status: UNSCHEDULABLE })],
    state: 'progressing',
    message: /^0 of 1 new pods available; pod new: waiting for a GPU node: 0\/3 nodes/,
    cause: 'unschedulable',
  }
})

// Deadline of 600 s, which an InferenceService cannot set
function pastDeadline(fixture: string, since: string, status: Record<string, unknown>): Row {
  const object = service(fixture)
  const [, conditions] = documents<{ status: object }>(`kserve/${fixture}.yaml`)
  const deployment = child(object, {
    status: { ...conditions?.status, replicas: 2, availableReplicas: 0, ...status },
  })
  const set =
    fixture === 'deadline-old-serving'
      ? 'llm-std-predictor-66f6bd4bdd'
      : 'llm-big-predictor-f479f84d4'
  const made = newest(deployment, set)
  const related = [deployment, made]
  return {
    object,
    related,
    since,
    state: 'failed',
    message: /did not make progress within its deadline/,
    cause: 'progress-deadline',
  }
}
row('K3 · never available within the deadline', () =>
  pastDeadline('deadline-never-available', '2026-11-21T00:27:10Z', { replicas: 1 }),
)
row('K3 · rollout stuck, the old revision serves', () =>
  pastDeadline('deadline-old-serving', '2026-11-21T00:27:00Z', { availableReplicas: 1 }),
)
row('K3 · after the next write that deadline is history', () => ({
  ...pastDeadline('deadline-old-serving', '2026-11-21T00:39:00Z', { availableReplicas: 1 }),
  state: 'progressing',
  message: /^0 of 1 new pods available/,
}))

// A transformer beside the predictor
row('K3 · every Deployment of the service has to be ready', () => {
  const object = service('ready')
  const transformer = child(object, {
    name: 'llm-std-transformer',
    status: { availableReplicas: 0 },
  })
  return {
    object,
    related: [child(object), transformer],
    state: 'progressing',
    message: 'transformer: 0 of 1 new pods available',
  }
})
row('K3 · KServe takes a moment to count what has just become ready', () => {
  const object = service('unschedulable')
  const deployment = child(object)
  const made = newest(deployment)
  return {
    object,
    related: [deployment, made, pod('new', { owner: made, status: READY_STATUS })],
    state: 'progressing',
    message: /^MinimumReplicasUnavailable/,
  }
})
row('K3 · the controller has not looked at it for long', () => {
  const object = { ...service('ready', { finalizers: [] }), status: undefined }
  return {
    object,
    related: [],
    state: 'progressing',
    message: /make the Deployment/,
    cause: 'kserve-controller',
  }
})
row('K3 · NotReady events are symptoms, not causes', () => {
  const object = service('unschedulable')
  const message = 'InferenceService [llm-std] is no longer Ready because of: PredictorReady, Ready'
  const symptom = event(object, { reason: 'InferenceServiceNotReady', message, at: NOW })
  return { object, related: [symptom], state: 'progressing', message: /make the Deployment/ }
})
