import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { actionsOf, type FieldChange } from '../../src/plan/index.ts'
import { changesAsText, painter, reportAsMarkdown, type Change } from '../../src/report/index.ts'
import { reportAsHtml } from '../../src/report/html/page.ts'
import { documentOf } from '../../src/report/documents.ts'
import { planReport } from '../../src/report/markdown/plan-markdown.ts'
import { aDeployment, anAction, aPlan } from './plans.ts'

/** What a change means for those who call an endpoint: whether pods restart, whether there is a gap in service, and why. */

const IMAGE = {
  path: 'spec.template.spec.containers[name=server].image',
  before: 'v1',
  after: 'v2',
}

interface Case {
  changes: Change[]
  words: string
}

const row = test.macro<[Case]>({
  exec: (t, { changes, words }) => {
    const [first = ''] = changesAsText(changes, painter(false)).split('\n')
    t.is(first.slice(first.indexOf('; ') + 2), words)
  },
  title: (title, { words }) => `T5 · ${title}: ${words}`,
})

const rolling = (maxSurge: unknown, maxUnavailable: unknown) => ({
  type: 'RollingUpdate',
  rollingUpdate: { maxSurge, maxUnavailable },
})

const updated = (desired: KubeObject, fields: FieldChange[] = [IMAGE]) =>
  anAction('update', desired.kind, { restartsPods: true, desired, changes: fields })

const rollout = (replicas: number, strategy: object, gpus = 0) => [
  updated(aDeployment({ replicas, gpus, strategy })),
]

const none = { path: 'spec.replicas', before: 1, after: 3 }

test('a roll-out without absence', row, {
  changes: rollout(3, rolling(1, 0)),
  words: 'restarts 3 pods; downtime: no, because rolling update with maxUnavailable 0',
})
test('a roll-out with some absent', row, {
  changes: rollout(2, rolling(0, 1)),
  words: 'restarts 2 pods; downtime: no, because rolling update with maxUnavailable 1, of 2 pods',
})
test('a share of the pods rounds down', row, {
  changes: rollout(3, rolling('25%', '25%')),
  words: 'restarts 3 pods; downtime: no, because rolling update with maxUnavailable 25%',
})
test('Kubernetes’ defaults', row, {
  changes: rollout(8, {}),
  words: 'restarts 8 pods; downtime: no, because rolling update with maxUnavailable 25%, of 8 pods',
})
test('the only pod first', row, {
  changes: rollout(1, rolling(0, 1)),
  words: 'restarts 1 pod; downtime: yes, because maxUnavailable 1 lets the only pod go first',
})
test('all pods first', row, {
  changes: rollout(2, rolling(1, '100%')),
  words: 'restarts 2 pods; downtime: yes, because maxUnavailable 100% lets all 2 pods go first',
})
test('neither surge nor absence is left: Kubernetes takes one', row, {
  changes: rollout(1, rolling(0, '25%')),
  words: 'restarts 1 pod; downtime: yes, because maxUnavailable 25% lets the only pod go first',
})
test('Recreate of one', row, {
  changes: rollout(1, { type: 'Recreate' }),
  words: 'restarts 1 pod; downtime: yes, because Recreate stops the only pod first',
})
test('Recreate of several', row, {
  changes: rollout(2, { type: 'Recreate' }, 4),
  words: 'restarts 2 pods; downtime: yes, because Recreate stops all 2 pods first',
})
test('GPUs twice', row, {
  changes: rollout(4, rolling(1, 0), 2),
  words:
    'restarts 4 pods; downtime: no, because rolling update with maxUnavailable 0; needs 2 spare GPUs during the roll-out',
})
test('GPUs twice, a share rounds up', row, {
  changes: rollout(5, rolling('25%', 0), 1),
  words:
    'restarts 5 pods; downtime: no, because rolling update with maxUnavailable 0; needs 2 spare GPUs during the roll-out',
})
test('more pods and a new image: the old ones restart', row, {
  changes: [updated(aDeployment({ replicas: 3, gpus: 0 }), [IMAGE, none])],
  words: 'restarts 1 pod; downtime: no, because rolling update with maxUnavailable 0',
})
test('more pods only', row, {
  changes: [anAction('update', 'Deployment', { desired: aDeployment(), changes: [none] })],
  words: 'restarts no pods; downtime: no',
})
test('scaled to nothing', row, {
  changes: [
    anAction('update', 'Deployment', {
      desired: aDeployment({ replicas: 0 }),
      changes: [{ path: 'spec.replicas', before: 2, after: 0 }],
    }),
  ],
  words: 'stops 2 pods; downtime: yes, because it is scaled to 0',
})
test('nothing runs before nor after', row, {
  changes: rollout(0, rolling(1, 0), 1),
  words: 'restarts no pods; downtime: no, because it has no pods',
})

/** Its autoscaler holds the replicas. */
function autoscaled(maxUnavailable: unknown, maxSurge: unknown = 1): KubeObject {
  const deployment = aDeployment({ gpus: 0, strategy: rolling(maxSurge, maxUnavailable) })
  const { replicas: _replicas, ...spec } = deployment['spec'] as Record<string, unknown>
  return { ...deployment, spec }
}

test('autoscaled, no absence', row, {
  changes: [updated(autoscaled(0))],
  words: 'restarts its pods; downtime: no, because rolling update with maxUnavailable 0',
})
test('autoscaled, absence of one', row, {
  changes: [updated(autoscaled(1))],
  words:
    'restarts its pods; downtime: possible, because maxUnavailable 1, and an autoscaler may hold it at 1 pod',
})
test('autoscaled, absence of a share', row, {
  changes: [updated(autoscaled('50%'))],
  words: 'restarts its pods; downtime: no, because rolling update with maxUnavailable 50%',
})

function predictor(more: object, annotations: Record<string, string> = {}): KubeObject {
  const containers = [
    { name: 'kserve-container', resources: { limits: { 'nvidia.com/gpu': '2' } } },
  ]
  return {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'chat', namespace: 'llm-ops', annotations },
    spec: { predictor: { containers, ...more } },
  }
}

test('InferenceService', row, {
  changes: [
    updated(predictor({ minReplicas: 2, maxReplicas: 2, deploymentStrategy: rolling(1, 0) })),
  ],
  words:
    'restarts 2 pods; downtime: no, because rolling update with maxUnavailable 0; needs 2 spare GPUs during the roll-out',
})
test('InferenceService that scales: the fewest count', row, {
  changes: [
    updated(predictor({ minReplicas: 1, maxReplicas: 4, deploymentStrategy: rolling(0, 1) })),
  ],
  words:
    'restarts its pods; downtime: possible, because maxUnavailable 1, and an autoscaler may hold it at 1 pod',
})
test('serverless', row, {
  changes: [
    updated(predictor({ minReplicas: 0 }, { 'serving.kserve.io/deploymentMode': 'Knative' })),
  ],
  words:
    'restarts its pods; downtime: no, because Knative sends to the new one when it is ready; needs 2 spare GPUs during the roll-out',
})

test('replaced', row, {
  changes: [
    anAction('replace', 'Deployment', {
      restartsPods: true,
      desired: aDeployment({ replicas: 2 }),
      changes: [IMAGE],
    }),
  ],
  words: 'restarts 2 pods; downtime: yes, because Deployment is deleted, then created',
})
test('K8 · switched', row, {
  changes: [
    anAction('switch', 'InferenceService', { restartsPods: true }),
    anAction('create', 'Deployment', { desired: aDeployment({ replicas: 2 }) }),
  ],
  words:
    'restarts 2 pods; downtime: yes, because InferenceService is deleted before the new one is created',
})
test('new', row, {
  changes: [anAction('create', 'Deployment', { desired: aDeployment() })],
  words: 'starts 3 pods',
})
test('new, and served elsewhere', row, {
  changes: [anAction('create', 'Service')],
  words: 'starts no pods',
})
test('gone', row, {
  changes: [anAction('prune', 'Deployment', { restartsPods: true }), anAction('prune', 'Service')],
  words: 'stops its pods; downtime: yes, because it is deleted',
})
test('renamed', row, {
  changes: [anAction('prune', 'Deployment', { restartsPods: true, successor: 'talk' })],
  words:
    'stops its pods; downtime: yes, because its name goes, when talk is ready to take its place',
})

const service = (path: string, before: unknown, after: unknown) =>
  anAction('update', 'Service', { changes: [{ path, before, after }] })

test('the port that pods listen on', row, {
  changes: [...rollout(3, rolling(1, 0)), service('spec.ports[name=http].targetPort', 8000, 9000)],
  words:
    'restarts 3 pods; downtime: yes, because its Service goes to port 9000 before any pod listens there',
})
test('a port by its name', row, {
  changes: [
    ...rollout(3, rolling(1, 0)),
    service('spec.ports[name=http].targetPort', 8000, 'http'),
  ],
  words: 'restarts 3 pods; downtime: no, because rolling update with maxUnavailable 0',
})
test('the port that callers use', row, {
  changes: [service('spec.ports[name=http].port', 80, 8080)],
  words: 'restarts no pods; downtime: yes, because its Service no longer answers on port 80',
})
test('a port without a name', row, {
  changes: [
    anAction('update', 'Service', {
      changes: [
        { path: 'spec.ports[port=8080]', before: { port: 8080, targetPort: 80 } },
        { path: 'spec.ports[port=80]', after: { port: 80, targetPort: 80 } },
      ],
    }),
  ],
  words: 'restarts no pods; downtime: yes, because its Service no longer answers on port 8080',
})
test('a port that only gets a name', row, {
  changes: [
    anAction('update', 'Service', {
      changes: [
        { path: 'spec.ports[0]', before: { port: 80 } },
        { path: 'spec.ports[name=http]', after: { name: 'http', port: 80 } },
      ],
    }),
  ],
  words: 'restarts no pods; downtime: no',
})
test('ports that change places', row, {
  changes: [
    anAction('update', 'Service', {
      changes: [
        { path: 'spec.ports[name=a].port', before: 80, after: 81 },
        { path: 'spec.ports[name=b].port', before: 81, after: 80 },
      ],
    }),
  ],
  words: 'restarts no pods; downtime: no',
})
test('a whole list of ports', row, {
  changes: [service('spec.ports', [{ port: 80 }, { port: 81 }], [{ port: 81 }])],
  words: 'restarts no pods; downtime: yes, because its Service no longer answers on port 80',
})
test('a selector that pods match already', row, {
  changes: [
    anAction('update', 'Service', {
      keepsPods: true,
      changes: [{ path: 'spec.selector.app', before: 'chat', after: 'chat-2' }],
    }),
  ],
  words: 'restarts no pods; downtime: no',
})
test('a selector', row, {
  changes: [service('spec.selector.app', 'chat', 'chat-2')],
  words: 'restarts no pods; downtime: yes, because its Service selects other pods at once',
})
test('a replaced Service', row, {
  changes: [anAction('replace', 'Service', { changes: [IMAGE] })],
  words: 'restarts no pods; downtime: yes, because its Service is deleted, then created',
})
test('an Ingress that goes when the route is ready', row, {
  changes: [anAction('create', 'HTTPRoute'), anAction('prune', 'Ingress')],
  words:
    'restarts no pods; downtime: yes, because its Ingress is deleted once its HTTPRoute is ready: see that the host leads there; deletes Ingress',
})
test('an Ingress that goes', row, {
  changes: [...rollout(3, rolling(1, 0)), anAction('prune', 'Ingress')],
  words: 'restarts 3 pods; downtime: yes, because its Ingress is deleted; deletes Ingress',
})
test('what nobody calls goes', row, {
  changes: [anAction('prune', 'HorizontalPodAutoscaler'), anAction('update', 'Service')],
  words: 'restarts no pods; downtime: no; deletes HorizontalPodAutoscaler',
})

test('text, Markdown, HTML and JSON say the same, and one line says it of all', t => {
  const plan = aPlan([
    ...rollout(4, rolling(1, 0), 2),
    anAction('prune', 'Deployment', { name: 'old', restartsPods: true }),
    { ...updated(autoscaled(1)), endpoint: 'maybe' },
  ])
  const effects = [
    [
      'restarts 4 pods',
      'downtime: no, because rolling update with maxUnavailable 0',
      'needs 2 spare GPUs during the roll-out',
    ],
    ['stops its pods', 'downtime: yes, because it is deleted'],
    [
      'restarts its pods',
      'downtime: possible, because maxUnavailable 1, and an autoscaler may hold it at 1 pod',
    ],
  ]
  const json = documentOf('Plan', plan)
  t.deepEqual(
    json.endpoints.map(each => each.effects),
    effects,
  )
  t.deepEqual(json.endpoints[0]?.impact, {
    pods: { fate: 'restart', count: 4 },
    downtime: { answer: 'no', because: 'rolling update with maxUnavailable 0' },
    spareGpus: 2,
    deletes: [],
  })
  const summary =
    'restarts pods of 2 endpoints; downtime for 1 endpoint: old; downtime possible for 1 endpoint: maybe; needs up to 2 spare GPUs'
  for (const text of [
    changesAsText(actionsOf(plan), painter(false)),
    reportAsMarkdown(planReport(plan)),
    reportAsHtml(planReport(plan)),
  ]) {
    const words = text.replaceAll(/<[^>]*>/g, '')
    for (const effect of effects.flat()) t.true(words.includes(effect), effect)
    t.true(words.includes(summary))
  }
})
