import test from 'ava'
import { importServingRuntimes } from '../../src/import/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { aRuntime } from '../serving-runtime/runtimes.ts'

const SPEC = { containers: [{ name: 'kserve-container', image: 'registry.example.com/a:1.0.0' }] }

function live(kind: string, name: string, more: Partial<KubeObject['metadata']> = {}): KubeObject {
  return {
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind,
    metadata: { name, uid: 'u', resourceVersion: '1', ...more },
    spec: SPEC,
    status: {},
  }
}

const NOTHING = { folder: 'serving-runtimes', runtimes: [], storageContainers: [] }

test('M1 · live runtimes become files of the catalogue, without what the cluster noted', t => {
  const annotations = {
    'kubectl.kubernetes.io/last-applied-configuration': '{}',
    'meta.helm.sh/release-name': 'kserve',
    'serving.kserve.io/server-type': 'mlserver',
  }
  const objects = [
    live('ServingRuntime', 'b', { namespace: 'llm' }),
    live('ClusterServingRuntime', 'a', { annotations }),
    live('ClusterStorageContainer', 'default'),
  ]
  const imports = importServingRuntimes(objects, NOTHING)
  t.deepEqual(
    imports.map(({ state, path }) => [state, path]),
    [
      ['new', 'serving-runtimes/a.yaml'],
      ['new', 'serving-runtimes/llm.b.yaml'],
      ['new', 'serving-runtimes/storage-default.yaml'],
    ],
  )
  const [first] = imports
  t.is(
    first?.state === 'new' ? first.text : '',
    `apiVersion: serving.kserve.io/v1alpha1
kind: ClusterServingRuntime
metadata:
  name: a
  annotations:
    serving.kserve.io/server-type: mlserver
spec:
  containers:
    - name: kserve-container
      image: registry.example.com/a:1.0.0
`,
  )
})

test('M1 · what the catalogue has is left alone, and what differs is said', t => {
  const runtimes = [aRuntime('a', { supportedModelFormats: [] }), aRuntime('b', SPEC)]
  const objects = [live('ClusterServingRuntime', 'a'), live('ClusterServingRuntime', 'b')]
  const storageContainers = [{ name: 'default', place: { file: 'serving-runtimes/s.yaml' } }]
  const known = { ...NOTHING, runtimes, storageContainers }
  t.deepEqual(
    importServingRuntimes([...objects, live('ClusterStorageContainer', 'default')], known).map(
      each => [each.name, each.state, 'fields' in each ? each.fields : []],
    ),
    [
      ['a', 'same', []],
      ['b', 'other', ['spec.supportedModelFormats']],
      ['default', 'same', []],
    ],
  )
})
