import test from 'ava'
import { assess, explain, phaseOf, viewOf } from '../../src/status/index.ts'
import { deployment, live, ownedBy, replicaSet } from './build.ts'

const NOW = '2026-11-21T10:05:00Z'
const STARTED = { running: { startedAt: '2026-11-21T10:00:10Z' } }

function podWith(proxy: object, server: object, restartPolicy = 'Always') {
  return live('v1', 'Pod', 'chat-1', {
    spec: {
      nodeName: 'gpu-1',
      initContainers: [{ name: 'proxy', image: 'proxy:v1', restartPolicy }],
      containers: [{ name: 'server', image: 'chat:v1' }],
    },
    status: {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'True' }],
      initContainerStatuses: [{ name: 'proxy', ...proxy }],
      containerStatuses: [{ name: 'server', ...server }],
    },
  })
}

const WAITING = { state: { waiting: { reason: 'PodInitializing' } } }

test('K3 · a sidecar that has not started holds the server, and is named', t => {
  const pod = podWith({ state: STARTED, started: false }, WAITING)
  t.is(phaseOf(pod).phase, 'initializing')
  const { message } = assess({ object: pod, related: viewOf([pod]), now: NOW })
  t.regex(message, /^waiting for sidecar container proxy to start/)
})

test('K3 · a server that loads beside a started sidecar is loading', t => {
  const pod = podWith({ state: STARTED, started: true }, { state: STARTED, started: false })
  t.is(phaseOf(pod).phase, 'loading')
})

test('K3 · a sidecar that keeps ending is named as such, an init container as one', t => {
  const crash = {
    restartCount: 4,
    state: { waiting: { reason: 'CrashLoopBackOff' } },
    lastState: { terminated: { exitCode: 1, reason: 'Error' } },
  }
  const said = (restartPolicy: string) => {
    const pod = podWith(crash, WAITING, restartPolicy)
    return explain({ object: pod, related: viewOf([pod]), now: NOW })[0]?.summary ?? ''
  }
  t.regex(said('Always'), /^sidecar container proxy of pod chat-1 keeps ending/)
  t.regex(said('OnFailure'), /^init container proxy of pod chat-1 keeps ending/)
})

test('R13 · a ReplicaSet leaves a zero out: old pods that serve are not taken for new ones', t => {
  const object = deployment({ replicas: 1, status: { replicas: 2, availableReplicas: 1 } })
  const status = { observedGeneration: 1, replicas: 1 }
  const newest = { ...replicaSet(object, { revision: 2 }), status }
  const { message, state } = assess({ object, related: viewOf([newest]) })
  t.is(state, 'progressing')
  t.regex(message, /^0 of 1 new pods available/)
})

test('K3 · a claim whose StorageClass is missing says so, where classes can be seen', t => {
  const claim = live('v1', 'PersistentVolumeClaim', 'models', {
    spec: { storageClassName: 'fast' },
    status: { phase: 'Pending' },
  })
  const message = '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.'
  const pod = live('v1', 'Pod', 'chat-1', {
    metadata: ownedBy(deployment()),
    spec: {
      containers: [{ name: 'server' }],
      volumes: [{ name: 'models', persistentVolumeClaim: { claimName: 'models' } }],
    },
    status: {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
    },
  })
  const classNamed = (name: string) => live('storage.k8s.io/v1', 'StorageClass', name)
  const remedy = (...classes: ReturnType<typeof classNamed>[]) =>
    explain({ object: pod, related: viewOf([pod, claim, ...classes]), now: NOW })[0]?.remedy ?? ''
  t.regex(remedy(classNamed('slow')), /^create the StorageClass/)
  t.regex(remedy(classNamed('slow'), classNamed('fast')), /^check the storage class/)
  t.regex(remedy(), /^check the storage class/)
})
