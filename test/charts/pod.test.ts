import test from 'ava'
import { objectOf, podOf, serverOf } from './objects.ts'

test('K5 · image pull secrets', t => {
  t.deepEqual(podOf({ imagePullSecrets: ['ecr', 'other'] }).imagePullSecrets, [
    { name: 'ecr' },
    { name: 'other' },
  ])
})

test('a pod gets a token of the API server only with an account of its own', t => {
  t.false(podOf().automountServiceAccountToken)
  const named = podOf({ serviceAccount: 'serving' })
  t.is(named.serviceAccountName, 'serving')
  t.false('automountServiceAccountToken' in named)
  t.is(objectOf('ServiceAccount', { serviceAccount: 'serving' }), undefined)
})

test('a ServiceAccount is made where that is asked for', t => {
  const spec = { serviceAccount: { create: true, annotations: { role: 'arn:aws:iam::1:role/x' } } }
  const account = objectOf('ServiceAccount', spec)
  t.is(account.metadata.name, 'chat-sa')
  t.is(account.metadata.annotations.role, 'arn:aws:iam::1:role/x')
  t.is(podOf(spec).serviceAccountName, 'chat-sa')
  const named = { serviceAccount: { create: true, name: 'chat' } }
  t.is(objectOf('ServiceAccount', named).metadata.name, 'chat')
})

test('Pod Security "restricted" by default, and none when switched off', t => {
  const pod = podOf()
  t.like(pod.securityContext, { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000 })
  t.deepEqual(pod.securityContext.seccompProfile, { type: 'RuntimeDefault' })
  t.deepEqual(pod.containers[0].securityContext, {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
  })
  const open = podOf({ podSecurity: false })
  t.false('securityContext' in open)
  t.false('securityContext' in open.containers[0])
  t.false('volumes' in open)
})

test('where the root file system is read-only, /tmp is writable and HOME', t => {
  t.deepEqual(podOf().volumes, [{ name: 'tmp', emptyDir: {} }])
  t.deepEqual(serverOf().volumeMounts, [{ name: 'tmp', mountPath: '/tmp' }])
  t.deepEqual(serverOf().env.at(-1), { name: 'HOME', value: '/tmp' })
})

test('volumes of each type; the user’s at a path of ours takes its place', t => {
  const pod = podOf({
    volumes: [
      { name: 'models', pvc: 'models', mountPath: '/models', subPath: 'llama', readOnly: true },
      { name: 'keys', secret: 'keys', mountPath: '/keys' },
      { name: 'flags', configMap: 'flags', mountPath: '/flags' },
      { name: 'scratch', emptyDir: { sizeLimit: '50Gi' }, mountPath: '/tmp' },
    ],
  })
  t.deepEqual(pod.volumes, [
    { name: 'models', persistentVolumeClaim: { claimName: 'models' } },
    { name: 'keys', secret: { secretName: 'keys' } },
    { name: 'flags', configMap: { name: 'flags' } },
    { name: 'scratch', emptyDir: { sizeLimit: '50Gi' } },
  ])
  t.deepEqual(pod.containers[0].volumeMounts[0], {
    name: 'models',
    mountPath: '/models',
    subPath: 'llama',
    readOnly: true,
  })
  t.is(pod.containers[0].volumeMounts.length, 4)
})

test('a model on a volume is mounted at /mnt/models in both runtimes', t => {
  for (const runtime of ['deployment', 'kserve'] as const) {
    const pod = podOf({ runtime, model: { uri: 'pvc://models/llama/1.2.0' } })
    t.deepEqual(pod.volumes[0], { name: 'model', persistentVolumeClaim: { claimName: 'models' } })
    t.deepEqual(pod.containers[0].volumeMounts[0], {
      name: 'model',
      mountPath: '/mnt/models',
      subPath: 'llama/1.2.0',
      readOnly: true,
    })
  }
  t.false('subPath' in podOf({ model: { uri: 'pvc://models' } }).containers[0].volumeMounts[0])
})

const memory = (spec: Parameters<typeof podOf>[0]) =>
  podOf(spec).volumes.find(({ name }: { name: string }) => name === 'shared-memory')?.emptyDir

test('shared memory: as asked, and for several GPUs without a size', t => {
  t.deepEqual(memory({ sharedMemory: '8Gi' }), { medium: 'Memory', sizeLimit: '8Gi' })
  t.deepEqual(memory({ resources: { gpus: 2 } }), { medium: 'Memory' })
  t.is(memory({ resources: { gpus: 1 } }), undefined)
  t.is(memory({ resources: { gpus: 2 }, sharedMemory: false }), undefined)
})

const required = (spec: Parameters<typeof podOf>[0]) =>
  podOf(spec).affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms

test('R12 · GPU memory chooses nodes by the label of NVIDIA’s feature discovery, less what the driver keeps', t => {
  const [term] = required({ resources: { gpus: 1, gpuMemory: '80Gi' } })
  const [{ key, operator, values }] = term.matchExpressions
  t.deepEqual([key, operator], ['nvidia.com/gpu.memory', 'Gt'])
  const asked = Number(values[0])
  t.true(asked < 81_559, 'an H100 of 80 GB has 81559 MiB')
  t.true(asked > 49_140, 'an L40S of 48 GB has 49140 MiB')
})

const inZone = (zone: string) => ({
  matchExpressions: [{ key: 'zone', operator: 'In', values: [zone] }],
})

test('R12 · GPU memory joins each alternative of the user’s own affinity', t => {
  const affinity = {
    podAntiAffinity: {},
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [inZone('a'), inZone('b')],
      },
    },
  }
  const pod = podOf({ resources: { gpus: 1, gpuMemory: '24Gi' }, scheduling: { affinity } })
  t.deepEqual(pod.affinity.podAntiAffinity, {})
  const terms =
    pod.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms
  t.deepEqual(
    terms.map(({ matchExpressions }: { matchExpressions: { key: string }[] }) =>
      matchExpressions.map(({ key }) => key),
    ),
    [
      ['zone', 'nvidia.com/gpu.memory'],
      ['zone', 'nvidia.com/gpu.memory'],
    ],
  )
})

test('R12 · pods with GPUs tolerate the taint of GPU nodes', t => {
  const toleration = { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }
  t.deepEqual(podOf({ resources: { gpus: 1 } }).tolerations, [toleration])
  t.false('tolerations' in podOf())
  const own = { key: 'nvidia.com/gpu', operator: 'Equal', value: 'a100' }
  t.deepEqual(podOf({ resources: { gpus: 1 }, scheduling: { tolerations: [own] } }).tolerations, [
    own,
  ])
  const amd = podOf({ resources: { gpus: 1, gpuResource: 'amd.com/gpu' } })
  t.is(amd.tolerations[0].key, 'amd.com/gpu')
  t.deepEqual(amd.containers[0].resources.limits, { 'amd.com/gpu': '1' })
})

test('scheduling: node selector, classes, and spreading over what KServe selects by', t => {
  const scheduling = {
    nodeSelector: { gpu: 'a100' },
    spread: 'zone',
    priorityClass: 'serving',
    runtimeClass: 'nvidia',
  } as const
  t.like(podOf({ scheduling }), {
    nodeSelector: { gpu: 'a100' },
    priorityClassName: 'serving',
    runtimeClassName: 'nvidia',
  })
  const spreadBy = (runtime: 'deployment' | 'kserve') =>
    podOf({ runtime, scheduling }).topologySpreadConstraints
  t.deepEqual(spreadBy('deployment'), [
    {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { 'slipway.dev/endpoint': 'chat' } },
    },
  ])
  t.deepEqual(spreadBy('kserve')[0].labelSelector.matchLabels, { app: 'isvc.chat-predictor' })
})
