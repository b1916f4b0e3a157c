import test from 'ava'
import { needsOf } from '../../src/import/resources.ts'

test('A1 · the GPU is what the spec counts, in whatever order a container has its devices', t => {
  const limits = { 'rdma/hca': '1', 'nvidia.com/gpu': '2' }
  t.like(needsOf({ resources: { limits } }, undefined), {
    gpus: 2,
    gpuResource: 'nvidia.com/gpu',
    resources: { gpus: 2 },
  })
})

test('A1 · another accelerator is counted by its own name', t => {
  t.like(needsOf({ resources: { limits: { 'aws.amazon.com/neuron': '4' } } }, undefined), {
    resources: { gpus: 4, gpuResource: 'aws.amazon.com/neuron' },
  })
})
