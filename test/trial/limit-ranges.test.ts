import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { limitFaults } from '../../src/trial/limit-ranges.ts'

const range = (...limits: object[]): KubeObject => ({
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: { name: 'team' },
  spec: { limits },
})
const container = (limit: object) => range({ type: 'Container', ...limit })
const pod = (...resources: object[]) => ({
  containers: resources.map((each, index) => ({ name: `c${index}`, resources: each })),
})
const memory = (request?: string, limit?: string) => ({
  ...(request !== undefined && { requests: { memory: request } }),
  ...(limit !== undefined && { limits: { memory: limit } }),
})

/** Words as those of the admission plugin's rules; none: the pod is allowed. */
const CASES: [title: string, pod: object, range: KubeObject, faults: string[]][] = [
  ['within', pod(memory('8Gi', '8Gi')), container({ max: { memory: '16Gi' } }), []],
  [
    'a limit above the maximum',
    pod(memory('8Gi', '32Gi')),
    container({ max: { memory: '16Gi' } }),
    ['container c0: memory limit 32Gi is above the maximum 16Gi'],
  ],
  [
    'no limit where there is a maximum',
    pod(memory('8Gi')),
    container({ max: { memory: '16Gi' } }),
    ['container c0: no memory limit, and the maximum is 16Gi'],
  ],
  [
    'a default of its own above its maximum',
    pod(memory('8Gi')),
    container({ max: { memory: '16Gi' }, default: { memory: '32Gi' } }),
    [
      'container c0: memory limit 32Gi is above the maximum 16Gi | 32Gi is the default of LimitRange team',
    ],
  ],
  [
    'a request below the minimum',
    pod(memory('64Mi', '1Gi')),
    container({ min: { memory: '128Mi' } }),
    ['container c0: memory request 64Mi is below the minimum 128Mi'],
  ],
  [
    'a request that is not said is the limit',
    pod(memory(undefined, '1Gi')),
    container({ min: { memory: '128Mi' }, defaultRequest: { memory: '1Mi' } }),
    [],
  ],
  [
    'limit and request too far apart',
    pod(memory('8Gi', '32Gi')),
    container({ maxLimitRequestRatio: { memory: '2' } }),
    ['container c0: memory limit 32Gi is more than 2 times the request 8Gi'],
  ],
  [
    'apart by a default',
    pod(memory('2Gi')),
    container({ maxLimitRequestRatio: { memory: '2' }, default: { memory: '8Gi' } }),
    [
      'container c0: memory limit 8Gi is more than 2 times the request 2Gi | 8Gi is the default of LimitRange team',
    ],
  ],
  [
    'each container for itself, the pod as a sum',
    pod(memory('8Gi', '8Gi'), memory('12Gi', '12Gi')),
    range({ type: 'Container', max: { memory: '16Gi' } }, { type: 'Pod', max: { memory: '16Gi' } }),
    ['pod: memory limit 8Gi + 12Gi is above the maximum 16Gi'],
  ],
  [
    'an init container that ends is not in the sum',
    {
      ...pod(memory('8Gi', '8Gi')),
      initContainers: [{ name: 'fetch', resources: memory('12Gi', '12Gi') }],
    },
    range({ type: 'Pod', max: { memory: '16Gi' } }),
    [],
  ],
  [
    'a native sidecar is',
    {
      ...pod(memory('8Gi', '8Gi')),
      initContainers: [
        { name: 'proxy', restartPolicy: 'Always', resources: memory('12Gi', '12Gi') },
      ],
    },
    range({ type: 'Pod', max: { memory: '16Gi' } }),
    ['pod: memory limit 8Gi + 12Gi is above the maximum 16Gi'],
  ],
  [
    'a default limit below what is requested',
    pod(memory('8Gi')),
    container({ default: { memory: '4Gi' }, defaultRequest: { memory: '1Gi' } }),
    [
      'container c0: memory limit 4Gi is below the request 8Gi | 4Gi is the default of LimitRange team',
    ],
  ],
  [
    'a default limit above what is requested',
    pod(memory('2Gi')),
    container({ default: { memory: '4Gi' } }),
    [],
  ],
  ['claims', pod({}), range({ type: 'PersistentVolumeClaim', max: { storage: '1Gi' } }), []],
]
for (const [title, given, ranges, faults] of CASES)
  test(`K5 · a LimitRange beforehand: ${title}`, t => {
    t.deepEqual(
      limitFaults(given, [ranges]).map(({ text, origin }) =>
        [text, origin].filter(Boolean).join(' | '),
      ),
      faults,
    )
  })
