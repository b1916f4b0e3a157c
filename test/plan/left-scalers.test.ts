import test from 'ava'
import { removalsOf } from '../../src/plan/observe/left-scalers.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { anEndpoint } from '../support/endpoint.ts'

/** Autoscalers that KServe does not take away when the class of an InferenceService changes. */

const endpoint = anEndpoint({ runtime: 'kserve' })

function service(scaledBy: string | undefined, mode = 'Standard'): KubeObject {
  return {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: {
      name: 'chat',
      namespace: 'llm',
      uid: 'own',
      annotations: {
        'serving.kserve.io/deploymentMode': mode,
        ...(scaledBy && { 'serving.kserve.io/autoscalerClass': scaledBy }),
      },
    },
  }
}

function scaler(kind: string, owner: string, isController = true): KubeObject {
  return {
    apiVersion: kind === 'ScaledObject' ? 'keda.sh/v1alpha1' : 'autoscaling/v2',
    kind,
    metadata: {
      name: `${kind.toLowerCase()}-of-${owner}`,
      namespace: 'llm',
      uid: `${kind}-${owner}`,
      ownerReferences: [
        { apiVersion: 'x/v1', kind: 'X', name: 'x', uid: owner, controller: isController },
      ],
    },
  }
}

const ALL = ['own', 'other'].flatMap(owner => [
  scaler('HorizontalPodAutoscaler', owner),
  scaler('ScaledObject', owner),
])

const LEFT: [title: string, desired: KubeObject, left: string[]][] = [
  ['to KEDA, the HorizontalPodAutoscaler', service('keda'), ['HorizontalPodAutoscaler-own']],
  ['from KEDA, the ScaledObject', service('hpa'), ['ScaledObject-own']],
  ['to a fixed number, the ScaledObject', service('none'), ['ScaledObject-own']],
  ['to the class that KServe takes when none is said', service(undefined), ['ScaledObject-own']],
  ['to Knative, nothing', service(undefined, 'Knative'), []],
]

for (const [title, object, left] of LEFT)
  test(`W4 · from one class of KServe to another ${title} goes, by its owner’s UID`, t => {
    const actions = removalsOf({ rendered: { object, endpoint }, live: object }, [
      ...ALL,
      scaler(object.metadata.name, 'own', false),
    ])
    t.deepEqual(
      actions.map(({ uid }) => uid),
      left,
    )
    t.true(
      actions.every(({ type, soon, restartsPods }) => type === 'prune' && soon && !restartsPods),
    )
  })
