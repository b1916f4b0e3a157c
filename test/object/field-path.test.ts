import test from 'ava'
import { fieldSteps, valueAt } from '../../src/object/index.ts'

/** One place in each spelling. */

const OBJECT = {
  metadata: { labels: { app: 'x', 'app.kubernetes.io/name': 'chat' } },
  data: { '.hidden': 'a', 'b.c': 'd' },
  spec: {
    containers: [{ name: 'side' }, { name: 'server', ports: [{ containerPort: 80, name: 'web' }] }],
    args: ['-a', '-b'],
  },
}

const PATHS: [path: string, value: unknown][] = [
  ['spec.containers[name=server].ports[containerPort=80].name', 'web'],
  ['.spec.containers[name="server"].ports[containerPort=80,protocol="TCP"].name', 'web'],
  ['spec.containers[1].ports[0].name', 'web'],
  ['spec.containers.1.ports.0.name', 'web'],
  ['metadata.labels["app.kubernetes.io/name"]', 'chat'],
  ['.metadata.labels.app.kubernetes.io/name', 'chat'],
  ['metadata.labels.app', 'x'],
  ['.data..hidden', 'a'],
  ['.data.b.c', 'd'],
  ['.spec.args[="-b"]', '-b'],
  ['spec.containers[name=gone].ports', undefined],
  ['spec.containers[server]', undefined],
  ['spec.gone.further', undefined],
  ['', OBJECT],
]
for (const [path, value] of PATHS) {
  test(`the value at ${path}`, t => t.deepEqual(valueAt(OBJECT, path), value))
}

test('the steps of a path: names, pieces of names, and entries of lists', t => {
  t.deepEqual(fieldSteps('spec.containers[name=server].env["A.B"]'), [
    'spec',
    'containers',
    { entry: 'name=server' },
    'env',
    'A.B',
  ])
})
