import test from 'ava'
import { countedOf } from '../../src/doctor/checks/gpus.ts'
import { ENDPOINT_LABEL, type KubeObject } from '../../src/object/index.ts'
import { renderSet } from '../../src/render/index.ts'
import type { SpecInput } from '../../src/spec/index.ts'
import { aSet, anEndpoint } from '../support/endpoint.ts'

/** GPUs that are there and those that are asked for, whoever serves them: device plugins, or drivers of dynamic resource allocation. */

const ofApi = (kind: string, name: string, fields: object): KubeObject => ({
  apiVersion: 'resource.k8s.io/v1',
  kind,
  metadata: { name, uid: name, namespace: 'llm' },
  ...fields,
})

const gpuClass = (more: object = {}, cel = 'device.driver == "gpu.example.com"') =>
  ofApi('DeviceClass', 'gpu.example.com', {
    spec: { selectors: [{ cel: { expression: cel } }], ...more },
  })

const slice = (driver: string, count: number) =>
  ofApi('ResourceSlice', `${driver}-${count}`, {
    spec: {
      driver,
      pool: { name: 'node' },
      devices: Array.from({ length: count }, (_none, index) => ({ name: `gpu-${index}` })),
    },
  })

const claimFor = (pod: string, devices: number, annotations?: Record<string, string>) => {
  const results = Array.from({ length: devices }, (_none, index) => ({
    driver: 'gpu.example.com',
    pool: 'node',
    device: `gpu-${index}`,
  }))
  const status = {
    allocation: { devices: { results } },
    reservedFor: [{ resource: 'pods', uid: pod }],
  }
  const claim = ofApi('ResourceClaim', `claim-of-${pod}`, { status })
  return annotations === undefined
    ? claim
    : { ...claim, metadata: { ...claim.metadata, annotations } }
}

const pod = (name: string, labels: Record<string, string>, limits: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, uid: name, namespace: 'llm', labels },
  spec: { nodeName: 'node', containers: [{ resources: { limits } }] },
})

const node = (allocatable: object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node' },
  status: { allocatable },
})

const template = ofApi('ResourceClaimTemplate', 'two-gpus', {
  spec: {
    spec: {
      devices: {
        requests: [{ name: 'gpu', exactly: { deviceClassName: 'gpu.example.com', count: 2 } }],
      },
    },
  },
})
const claiming = {
  pod: { resourceClaims: [{ name: 'gpu', resourceClaimTemplateName: 'two-gpus' }] },
  replicas: 3,
} as const

function counted(spec: SpecInput, there: Partial<Parameters<typeof countedOf>[1]>) {
  const { objects } = renderSet(aSet([anEndpoint(spec)]))
  const none = { classes: [], slices: [], claims: [] }
  const found = countedOf(objects, { nodes: [], pods: [], templates: [], devices: none, ...there })
  return found.map(({ resource, count, all, held }) => [resource, count, all, held])
}

const ours = { [ENDPOINT_LABEL]: 'chat' }
const gpus = { resources: { gpus: 1 }, replicas: 2 } as const

test('T5 · claimed devices are counted by their class, without what the set has already', t => {
  const devices = {
    classes: [gpuClass()],
    slices: [slice('gpu.example.com', 8), slice('nic.example.com', 4)],
    claims: [claimFor('theirs', 2), claimFor('own', 2)],
  }
  const pods = [pod('theirs', { app: 'x' }), pod('own', ours)]
  t.deepEqual(counted(claiming, { devices, pods, templates: [template] }), [
    ['gpu.example.com', 6, 8, 2],
  ])
})

test('T5 · an extended resource that a device class serves has its devices', t => {
  const devices = {
    classes: [gpuClass({ extendedResourceName: 'nvidia.com/gpu' })],
    slices: [slice('gpu.example.com', 4)],
    claims: [
      claimFor('asks', 1, { 'resource.kubernetes.io/extended-resource-claim': 'true' }),
      claimFor('claims', 2),
    ],
  }
  const pods = [pod('asks', {}, { 'nvidia.com/gpu': '1' }), pod('claims', {})]
  t.deepEqual(counted(gpus, { devices, pods }), [['nvidia.com/gpu', 2, 4, 3]])
  const beside = { devices, pods, nodes: [node({ 'nvidia.com/gpu': '8' })] }
  t.deepEqual(counted(gpus, beside), [['nvidia.com/gpu', 2, 12, 3]])
})

test('T5 · parts of GPUs are counted for themselves', t => {
  const part = 'nvidia.com/mig-1g.10gb'
  const nodes = [node({ [part]: '7', 'nvidia.com/gpu': '8' })]
  const pods = [pod('theirs', {}, { [part]: '2', 'nvidia.com/gpu': '1' })]
  const spec = { resources: { gpus: 2, gpuResource: part } } as const
  t.deepEqual(counted(spec, { nodes, pods }), [[part, 2, 7, 2]])
})

test('T5 · what others hold is not guessed where it cannot be seen', t => {
  const devices = {
    classes: [gpuClass()],
    slices: [slice('gpu.example.com', 8)],
    claims: undefined,
  }
  const known = { ...devices, claims: [claimFor('own', 2)] }
  const templates = [template]
  t.deepEqual(counted(claiming, { devices, templates }), [['gpu.example.com', 6, 8, undefined]])
  t.deepEqual(counted(claiming, { devices: known, templates, pods: undefined }), [
    ['gpu.example.com', 6, 8, undefined],
  ])
})

test('T5 · a class that nobody knows is told elsewhere', t => {
  t.deepEqual(counted(claiming, { templates: [template] }), [])
})
