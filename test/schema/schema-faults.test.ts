import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { schemaFaults } from '../../src/schema/index.ts'
import type { Declared } from '../../src/schema/index.ts'

/** What is wrong with an object by the schema of its kind. */

const ANY: Declared = { kserve: '0.20.0' }

function told(object: Record<string, unknown>, declared: Declared = ANY): string[] {
  const whole = { metadata: { name: 'iris' }, ...object } as KubeObject
  return schemaFaults(whole, declared).map(({ path, code, wanted, by, isBeyond, takenBy }) =>
    [path.join('.'), code, wanted, by, isBeyond ? 'beyond' : undefined, takenBy]
      .filter(word => word !== undefined)
      .join(' | '),
  )
}

const deployment = (pod: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  spec: { template: { spec: pod } },
})
const service = (predictor: object) => ({
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  spec: { predictor },
})
const AT = 'spec.template.spec'

const CASES: [what: string, object: Record<string, unknown>, expected: string[], Declared?][] = [
  ['what is right', deployment({ containers: [{ name: 'server', tty: true }] }), []],
  [
    'an unknown field, and the one that is meant',
    deployment({ nodeSelctor: {} }),
    [`${AT}.nodeSelctor | unknown-field | nodeSelector | Kubernetes 1.30 to 1.37`],
  ],
  [
    'an unknown field of metadata',
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'iris', lables: {} } },
    ['metadata.lables | unknown-field | labels | Kubernetes 1.30 to 1.37'],
  ],
  [
    'of a definition, too',
    { ...service({}), metadata: { name: 'iris', lables: {} } },
    ['metadata.lables | unknown-field | labels | KServe 0.20'],
  ],
  [
    'types',
    deployment({
      hostUsers: 'no',
      terminationGracePeriodSeconds: '30',
      containers: { server: {} },
      nodeSelector: { gpu: true },
      overhead: { cpu: [] },
    }),
    [
      `${AT}.hostUsers | wrong-type | true or false | Kubernetes 1.30 to 1.37`,
      `${AT}.terminationGracePeriodSeconds | wrong-type | a whole number | Kubernetes 1.30 to 1.37`,
      `${AT}.containers | wrong-type | a list | Kubernetes 1.30 to 1.37`,
      `${AT}.nodeSelector.gpu | wrong-type | a string | Kubernetes 1.30 to 1.37`,
      `${AT}.overhead.cpu | wrong-type | a quantity such as 500m, 2 or 8Gi | Kubernetes 1.30 to 1.37`,
    ],
  ],
  [
    'quantities, and ports that are a number or a name',
    deployment({
      containers: [
        {
          name: 'server',
          resources: { limits: { cpu: 2, memory: '8Gi', 'nvidia.com/gpu': '1', disk: '8 Gi' } },
          livenessProbe: { httpGet: { port: 'http' } },
          readinessProbe: { httpGet: { port: 8080 } },
        },
      ],
    }),
    [
      `${AT}.containers.0.resources.limits.disk | bad-value | a quantity such as 500m, 2 or 8Gi | Kubernetes 1.30 to 1.37`,
    ],
  ],
  [
    'what a newer version has',
    deployment({ resources: {} }),
    [`${AT}.resources | unknown-field | Kubernetes 1.31 | Kubernetes 1.32 and newer`],
    { ...ANY, kubernetes: '1.31.2' },
  ],
  ['the same where no version is declared', deployment({ resources: {} }), []],
  [
    'a version that is newer than the known ones may have it',
    deployment({ hostUser: true }),
    [`${AT}.hostUser | unknown-field | hostUsers | Kubernetes 1.37 | beyond`],
    { ...ANY, kubernetes: '1.52' },
  ],
  ['null is a field that is not there', deployment({ nodeSelctor: null, volumes: null }), []],
  [
    'of KServe, what a newer one has',
    service({ storageContainerName: 'team' }),
    ['spec.predictor.storageContainerName | unknown-field | KServe 0.19 | KServe 0.20 and newer'],
    { kserve: '0.19.0' },
  ],
  [
    'between two known versions both are asked',
    service({ storageContainerName: 'team' }),
    [
      'spec.predictor.storageContainerName | unknown-field | KServe 0.17 to 0.19 | KServe 0.20 and newer',
    ],
    { kserve: '0.18.1' },
  ],
  [
    'of a definition, what must be there',
    service({ containers: [{ image: 'registry.example.com/iris:1' }] }),
    ['spec.predictor.containers.0.name | missing-field | KServe 0.20'],
  ],
  [
    'values of a list of words',
    service({ scaleMetric: 'requests' }),
    ['spec.predictor.scaleMetric | bad-value | cpu, memory, concurrency or rps | KServe 0.20'],
  ],
  [
    'a version of a built-in kind that is gone',
    { apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', spec: {} },
    ['apiVersion | bad-value | Kubernetes 1.30 to 1.37'],
  ],
  [
    'a kind that nobody knows has no faults',
    { apiVersion: 'example.com/v1', kind: 'Model', spec: { anything: 1 } },
    [],
  ],
  [
    'a ClusterRole is a kind, though not one of a set',
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      rules: [],
    },
    [],
  ],
]

for (const [what, object, expected, declared] of CASES) {
  test(`M3, M4 · the schema of a kind: ${what}`, t => {
    t.deepEqual(told(object, declared), expected)
  })
}
