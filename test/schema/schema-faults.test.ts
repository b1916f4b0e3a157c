import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { schemaFaults, type Declared } from '../../src/schema/index.ts'

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
      `${AT}.hostUsers | wrong-type | be true or false | Kubernetes 1.30 to 1.37`,
      `${AT}.terminationGracePeriodSeconds | wrong-type | be a whole number | Kubernetes 1.30 to 1.37`,
      `${AT}.containers | wrong-type | be a list | Kubernetes 1.30 to 1.37`,
      `${AT}.nodeSelector.gpu | wrong-type | be a string | Kubernetes 1.30 to 1.37`,
      `${AT}.overhead.cpu | wrong-type | be a quantity such as 500m, 2 or 8Gi | Kubernetes 1.30 to 1.37`,
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
      `${AT}.containers.0.resources.limits.disk | bad-value | be a quantity such as 500m, 2 or 8Gi | Kubernetes 1.30 to 1.37`,
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
    ['spec.predictor.scaleMetric | bad-value | be cpu, memory, concurrency or rps | KServe 0.20'],
  ],
  [
    'how many items, and how long',
    service({ storageUris: [{ uri: '' }], name: '' }),
    [
      'spec.predictor.storageUris.0.uri | bad-value | be at least 1 character long | KServe 0.20',
      'spec.predictor.name | bad-value | match ^[a-z]([-a-z0-9]*[a-z0-9])?$ | KServe 0.20',
    ],
  ],
  [
    'an empty list',
    service({ storageUris: [] }),
    [
      'spec.predictor.storageUris | bad-value | have at least 1 item | KServe 0.20 | KServe 0.19 and older',
    ],
  ],
  [
    'an empty value that KServe’s webhook leaves out before the schema is asked',
    {
      ...service({}),
      spec: {
        predictor: { storageUris: [], logger: { mode: '' } },
        explainer: { storageUris: [] },
      },
    },
    [],
    { kserve: '0.19.0' },
  ],
  [
    'the same for a version between two that do',
    service({ storageUris: [], logger: { mode: '' } }),
    [],
    { kserve: '0.18.0' },
  ],
  [
    'not what its types keep: a pointer, a field without omitempty, another type',
    service({
      scaleMetric: '',
      storageUris: [{ uri: 's3://models/iris', mountPath: '' }],
      logger: { mode: 0 },
    }),
    [
      'spec.predictor.scaleMetric | bad-value | be cpu, memory, concurrency or rps | KServe 0.16',
      'spec.predictor.storageUris.0.mountPath | bad-value | match ^/.* | KServe 0.16',
      'spec.predictor.logger.mode | wrong-type | be all, request or response | KServe 0.16',
    ],
    { kserve: '0.16.0' },
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
