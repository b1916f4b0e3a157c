import test from 'ava'
import { differingFields } from '../../src/serving-runtime/index.ts'

const compare = test.macro((t, wanted: object, live: object, expected: string[]) => {
  t.deepEqual(differingFields(wanted, live), expected)
})

test(
  'M1 · serving runtimes that are alike',
  compare,
  { containers: [{ name: 'a', args: ['x'] }] },
  { containers: [{ name: 'a', args: ['x'] }] },
  [],
)
test(
  'M1 · what is empty is as if it were not there',
  compare,
  { disabled: undefined, labels: {} },
  { disabled: false, hostIPC: false },
  [],
)
test(
  'M1 · the protocol of a port is filled in',
  compare,
  { ports: [{ containerPort: 1 }] },
  { ports: [{ containerPort: 1, protocol: 'TCP' }] },
  [],
)
test(
  'M1 · fields that differ, of both sides',
  compare,
  { containers: [{ image: 'a:1', args: ['x'] }] },
  { containers: [{ image: 'a:2', args: ['x', 'y'] }], disabled: true },
  ['spec.containers[0].image', 'spec.containers[0].args[1]', 'spec.disabled'],
)
