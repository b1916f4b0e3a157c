import test from 'ava'
import { relatedKinds } from '../../src/status/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { deployment, live, pod } from './build.ts'
import { service } from './kserve-build.ts'

function row(title: string, object: KubeObject, expected: string[]): void {
  test(`K3 · ${title}`, t => {
    const found = relatedKinds(object).map(({ kind, namespace = '-', labelSelector = '', use }) =>
      `${use} ${namespace} ${kind} ${labelSelector}`.trim(),
    )
    t.deepEqual(found, expected)
  })
}

row('a Deployment needs ReplicaSets and pods by its selector', deployment(), [
  'verdict llm-ops ReplicaSet app=chat',
  'verdict llm-ops Pod app=chat',
  'diagnosis llm-ops Event',
  'diagnosis - Node',
])
row(
  'an InferenceService needs what carries its label, and events for the verdict',
  service('ready'),
  [
    'verdict llm-ops Deployment serving.kserve.io/inferenceservice=llm-std',
    'verdict llm-ops ReplicaSet serving.kserve.io/inferenceservice=llm-std',
    'verdict llm-ops Pod serving.kserve.io/inferenceservice=llm-std',
    'verdict llm-ops Event',
    'diagnosis - Node',
  ],
)
const volumes = [{ name: 'm', persistentVolumeClaim: { claimName: 'models' } }]
row('claims only where pods have some', pod('p', { spec: { volumes } }), [
  'diagnosis llm-ops Event',
  'diagnosis llm-ops PersistentVolumeClaim',
  'diagnosis - Node',
])
row('a Job', live('batch/v1', 'Job', 'j', { spec: { template: { spec: { volumes } } } }), [
  'verdict llm-ops Pod',
  'diagnosis llm-ops Event',
  'diagnosis llm-ops PersistentVolumeClaim',
  'diagnosis - Node',
])
row('a Service says everything itself', live('v1', 'Service', 's'), [])
