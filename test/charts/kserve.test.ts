import test from 'ava'
import type { SpecInput } from '../../src/spec/index.ts'
import { objectOf, podOf, serverOf } from './objects.ts'

const MODE = 'serving.kserve.io/deploymentMode'
const SCALER = 'serving.kserve.io/autoscalerClass'
const resources = { cpu: 4, memory: '8Gi' }

const mode = (kserveVersion: string, deploymentMode: 'raw' | 'serverless') =>
  objectOf('InferenceService', { runtime: 'kserve', kserve: { deploymentMode } }, { kserveVersion })
    .metadata.annotations[MODE]

test('K9 · the deployment mode is spelt as the version wants it', t => {
  t.is(mode('0.16.0', 'raw'), 'Standard')
  t.is(mode('v0.17.1', 'raw'), 'Standard')
  t.is(mode('1.0.0', 'raw'), 'Standard')
  t.is(mode('0.16', 'raw'), 'Standard')
  t.is(mode('0.15.2', 'raw'), 'RawDeployment')
  t.is(mode('0.9.0', 'raw'), 'RawDeployment')
  t.is(mode('0.16.0', 'serverless'), 'Knative')
  t.is(mode('0.15.2', 'serverless'), 'Serverless')
})

const isvc = (spec: SpecInput, kserveVersion = '0.16.0') =>
  objectOf('InferenceService', { ...spec, runtime: 'kserve' }, { kserveVersion })

test('K9 · a fixed number of replicas: no autoscaler where KServe knows that', t => {
  const fixed = isvc({ replicas: 3 })
  t.like(fixed.spec.predictor, { minReplicas: 3, maxReplicas: 3 })
  t.is(fixed.metadata.annotations[SCALER], 'none')
  t.is(isvc({ replicas: 3 }, '0.15.1').metadata.annotations[SCALER], 'none')
  const older = isvc({ replicas: 3 }, '0.15.0')
  t.is(older.metadata.annotations[SCALER], 'hpa')
  t.like(older.spec.predictor, { minReplicas: 3, maxReplicas: 3 })
})

test('KServe scales by one target or by both', t => {
  const predictor = (scaling: SpecInput['scaling']) =>
    isvc({ ...(scaling && { scaling }), resources }).spec.predictor
  t.like(predictor({ min: 1, max: 4, cpu: 70 }), {
    minReplicas: 1,
    maxReplicas: 4,
    scaleMetric: 'cpu',
    scaleTarget: 70,
  })
  t.like(predictor({ max: 4, memory: 80 }), { scaleMetric: 'memory', scaleTarget: 80 })
  const both = predictor({ max: 4, cpu: 70, memory: 80 })
  t.false('scaleMetric' in both)
  t.deepEqual(both.autoScaling.metrics[1], {
    type: 'Resource',
    resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 80 } },
  })
  t.is(isvc({ scaling: { max: 4, cpu: 70 }, resources }).metadata.annotations[SCALER], 'hpa')
})

test('K9 · serverless: nothing that Knative would refuse', t => {
  const spec: SpecInput = { runtime: 'kserve', kserve: { deploymentMode: 'serverless' } }
  const pod = podOf(spec)
  const server = serverOf(spec)
  for (const field of [
    'terminationGracePeriodSeconds',
    'securityContext',
    'deploymentStrategy',
    'volumes',
  ]) {
    t.false(field in pod, field)
  }
  t.false('lifecycle' in server)
  t.deepEqual(server.ports, [{ containerPort: 8000, protocol: 'TCP' }])
  t.false('env' in server)
  t.like(server.securityContext, { runAsNonRoot: true, allowPrivilegeEscalation: false })
  t.false(SCALER in objectOf('InferenceService', spec).metadata.annotations)
  const deadline = 'serving.knative.dev/progress-deadline'
  t.is(objectOf('InferenceService', spec).metadata.annotations[deadline], '930s')
  const slow = objectOf('InferenceService', { ...spec, loadTime: '40m' })
  t.is(slow.metadata.annotations[deadline], '2730s')
  const adopted: SpecInput = {
    ...spec,
    kserve: { ...spec.kserve, defaults: false },
    loadTime: '40m',
  }
  t.false(deadline in (objectOf('InferenceService', adopted).metadata.annotations ?? {}))
  t.deepEqual(objectOf('Service', spec).spec.selector, {
    'serving.kserve.io/inferenceservice': 'chat',
    component: 'predictor',
  })
})
