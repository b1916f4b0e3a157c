import test from 'ava'
import { gpuKindsIn, gpusIn } from '../../src/kinds/index.ts'
import type { KubeObject } from '../../src/object/index.ts'

/** GPUs that a workload's pods ask for: as extended resources, as parts of GPUs, and as devices that they claim. */

const template = (requests: object[], namespace = 'llm'): KubeObject => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaimTemplate',
  metadata: { name: 'devices', namespace },
  spec: { spec: { devices: { requests } } },
})

function workload(pod: object): KubeObject {
  const spec = { template: { spec: pod } }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'chat', namespace: 'llm' },
    spec,
  }
}

const limited = (limits: Record<string, string>) =>
  workload({ containers: [{ name: 'server', resources: { limits, requests: limits } }] })
const claiming = (name: string, source: object) =>
  workload({ containers: [{ name: 'server' }], resourceClaims: [{ name, ...source }] })
const TEMPLATE = { resourceClaimTemplateName: 'devices' }

const ASKED: Record<string, { live: KubeObject; among?: KubeObject[]; kinds: [string, number][] }> =
  {
    'whole GPUs': {
      live: limited({ 'nvidia.com/gpu': '2', cpu: '4' }),
      kinds: [['nvidia.com/gpu', 2]],
    },
    'parts of GPUs': {
      live: limited({ 'nvidia.com/mig-1g.10gb': '3' }),
      kinds: [['nvidia.com/mig-1g.10gb', 3]],
    },
    'a class as an extended resource': {
      live: limited({ 'deviceclass.resource.kubernetes.io/gpu.example.com': '1' }),
      kinds: [['deviceclass.resource.kubernetes.io/gpu.example.com', 1]],
    },
    'devices of a template': {
      live: claiming('devices', TEMPLATE),
      among: [
        template([
          { name: 'a', exactly: { deviceClassName: 'gpu.example.com', count: 4 } },
          { name: 'b', exactly: { deviceClassName: 'nic.example.com' } },
        ]),
      ],
      kinds: [['gpu.example.com', 4]],
    },
    'the first of alternatives': {
      live: claiming('devices', TEMPLATE),
      among: [
        template([
          {
            name: 'a',
            firstAvailable: [
              { name: 'big', deviceClassName: 'mig.example.com', count: 1 },
              { name: 'small', deviceClassName: 'mig.example.com', count: 2 },
            ],
          },
        ]),
      ],
      kinds: [['mig.example.com', 1]],
    },
    'a template of a version before v1': {
      live: claiming('devices', TEMPLATE),
      among: [template([{ name: 'a', deviceClassName: 'gpu.example.com' }])],
      kinds: [['gpu.example.com', 1]],
    },
    'a template that is not there, whose claim speaks of GPUs': {
      live: claiming('gpu', TEMPLATE),
      among: [template([{ name: 'a', exactly: { deviceClassName: 'nic.example.com' } }], 'other')],
      kinds: [['gpu', 1]],
    },
    'a template that is not there and says nothing': {
      live: claiming('devices', TEMPLATE),
      kinds: [],
    },
    'a claim that all pods share': {
      live: claiming('gpu', { resourceClaimName: 'shared-gpu' }),
      kinds: [],
    },
  }

for (const [title, { live, among = [], kinds }] of Object.entries(ASKED))
  test(`T5 · GPUs of a pod: ${title}`, t => {
    t.deepEqual([...gpuKindsIn(live, among)], kinds)
    t.is(
      gpusIn(live, among),
      kinds.reduce((sum, [, count]) => sum + count, 0),
    )
  })
