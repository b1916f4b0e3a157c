import test from 'ava'
import {
  chooseRuntime,
  obstaclesTo,
  type Choice,
  type ModelNeeds,
  type ServingRuntime,
} from '../../src/serving-runtime/index.ts'
import { aRuntime, forest } from './runtimes.ts'

/** `name`, or the reason and the names that were considered. */
function text(choice: Choice): string {
  if (choice.chosen !== undefined) return `${choice.chosen.kind}/${choice.chosen.name}`
  const considered = 'considered' in choice ? choice.considered.map(({ name }) => name) : []
  return [choice.reason, ...considered].join(' ')
}

const FOREST: ModelNeeds = { format: { name: 'forest' }, namespace: 'llm' }

interface Case {
  runtimes: ServingRuntime[]
  needs?: Partial<ModelNeeds>
  expected: string
}

const choose = test.macro((t, { runtimes, needs = {}, expected }: Case) => {
  const all = { ...FOREST, ...needs }
  t.is(text(chooseRuntime(all, runtimes)), expected)
  t.is(text(chooseRuntime(all, runtimes.toReversed())), expected)
})

const CASES: Record<string, Case> = {
  'the one that supports the format': {
    runtimes: [
      aRuntime('a'),
      aRuntime('b', { supportedModelFormats: [{ name: 'net', autoSelect: true }] }),
    ],
    expected: 'ClusterServingRuntime/a',
  },
  'the higher priority': {
    runtimes: [aRuntime('a', forest(1)), aRuntime('b', forest(2))],
    expected: 'ClusterServingRuntime/b',
  },
  'a priority before none': {
    runtimes: [aRuntime('a', forest()), aRuntime('b', forest(1))],
    expected: 'ClusterServingRuntime/b',
  },
  'the first entry of the format gives the priority, whatever its version': {
    runtimes: [
      aRuntime('a', {
        supportedModelFormats: [
          { name: 'forest', version: '1', autoSelect: true, priority: 1 },
          { name: 'forest', version: '2', autoSelect: true, priority: 9 },
        ],
      }),
      aRuntime('b', forest(2, '2')),
    ],
    needs: { format: { name: 'forest', version: '2' } },
    expected: 'ClusterServingRuntime/b',
  },
  'of equal priority, the one that speaks the lower protocol': {
    runtimes: [
      aRuntime('a', { ...forest(1), protocolVersions: ['v2'] }),
      aRuntime('b', { ...forest(1), protocolVersions: ['grpc-v2', 'v1', 'v2'] }),
    ],
    needs: { protocol: 'v2' },
    expected: 'ClusterServingRuntime/b',
  },
  'of the namespace before cluster-wide, whatever its priority': {
    runtimes: [
      aRuntime('a', forest(9)),
      aRuntime('b', forest(1), { kind: 'ServingRuntime', namespace: 'llm' }),
    ],
    expected: 'ServingRuntime/b',
  },
  'not of another namespace': {
    runtimes: [
      aRuntime('a', forest(1)),
      aRuntime('b', forest(1), { kind: 'ServingRuntime', namespace: 'web' }),
    ],
    expected: 'ClusterServingRuntime/a',
  },
  'a ServingRuntime without a namespace is of every namespace': {
    runtimes: [aRuntime('a', forest(1)), aRuntime('b', {}, { kind: 'ServingRuntime' })],
    expected: 'ServingRuntime/b',
  },
  'never a disabled one': {
    runtimes: [aRuntime('a'), aRuntime('b', { ...forest(9), disabled: true })],
    expected: 'ClusterServingRuntime/a',
  },
  'never one for many models': {
    runtimes: [aRuntime('a'), aRuntime('b', { ...forest(9), multiModel: true })],
    expected: 'ClusterServingRuntime/a',
  },
  'never one of several nodes': {
    runtimes: [aRuntime('a'), aRuntime('b', { ...forest(9), workerSpec: {} })],
    expected: 'ClusterServingRuntime/a',
  },
  'never one without autoSelect': {
    runtimes: [
      aRuntime('a'),
      aRuntime('b', { supportedModelFormats: [{ name: 'forest', priority: 9 }] }),
    ],
    expected: 'ClusterServingRuntime/a',
  },
  'without a protocol, one that speaks v1': {
    runtimes: [
      aRuntime('a', { ...forest(1), protocolVersions: ['v1'] }),
      aRuntime('b', { ...forest(9), protocolVersions: ['v2'] }),
    ],
    expected: 'ClusterServingRuntime/a',
  },
  'triton speaks v2 where no protocol is given': {
    runtimes: [
      aRuntime('a', {
        supportedModelFormats: [{ name: 'triton', autoSelect: true }],
        protocolVersions: ['v1'],
      }),
      aRuntime('b', {
        supportedModelFormats: [{ name: 'triton', autoSelect: true }],
        protocolVersions: ['v2'],
      }),
    ],
    needs: { format: { name: 'triton' } },
    expected: 'ClusterServingRuntime/b',
  },
  'a runtime that names no protocol speaks all': {
    runtimes: [aRuntime('a')],
    needs: { protocol: 'grpc-v2' },
    expected: 'ClusterServingRuntime/a',
  },
  'several that are equal are no choice': {
    runtimes: [aRuntime('a', forest(1)), aRuntime('b', forest(1)), aRuntime('c', forest(0))],
    expected: 'several a b',
  },
  'none, and those that know the format, nearest first': {
    runtimes: [
      aRuntime('a', { ...forest(1, '2'), disabled: true }),
      aRuntime('b', forest(1, '2')),
      aRuntime('c', { supportedModelFormats: [{ name: 'net', autoSelect: true }] }),
    ],
    needs: { format: { name: 'forest', version: '3' } },
    expected: 'none b a',
  },
  'the named one, without autoSelect and with another protocol than v1': {
    runtimes: [
      aRuntime('a', { supportedModelFormats: [{ name: 'forest' }], protocolVersions: ['v2'] }),
      aRuntime('b'),
    ],
    needs: { servingRuntime: 'a' },
    expected: 'ClusterServingRuntime/a',
  },
  'the named one of the namespace before the cluster’s': {
    runtimes: [aRuntime('a'), aRuntime('a', {}, { kind: 'ServingRuntime', namespace: 'llm' })],
    needs: { servingRuntime: 'a' },
    expected: 'ServingRuntime/a',
  },
  'a name that is not there': {
    runtimes: [aRuntime('a')],
    needs: { servingRuntime: 'b' },
    expected: 'unknown',
  },
  'the named one does not speak the protocol': {
    runtimes: [aRuntime('a', { protocolVersions: ['v1'] })],
    needs: { servingRuntime: 'a', protocol: 'v2' },
    expected: 'unfit a',
  },
}

for (const [title, given] of Object.entries(CASES))
  test(`M1 · a runtime is chosen: ${title}`, choose, given)

const obstacles = test.macro(
  (t, spec: Partial<ServingRuntime['spec']>, needs: Partial<ModelNeeds>, expected: string[]) => {
    t.deepEqual(obstaclesTo(aRuntime('a', spec), { ...FOREST, ...needs }), expected)
  },
)

test('M1 · an obstacle is said: another format', obstacles, {}, { format: { name: 'net' } }, [
  'it does not support net',
])
test(
  'M1 · an obstacle is said: another version',
  obstacles,
  {},
  { format: { name: 'forest', version: '1.0' } },
  ['it supports forest in version 1 only'],
)
test(
  'M1 · an obstacle is said: another protocol',
  obstacles,
  { protocolVersions: ['v2', 'grpc-v2'] },
  {},
  ['it speaks v2, grpc-v2 and not v1'],
)
test(
  'M1 · an obstacle is said: no container of KServe’s name',
  obstacles,
  { containers: [{ name: 'main' }] },
  {},
  ['it has no container kserve-container'],
)
