import test from 'ava'
import type { KubeObject } from '../../../src/object/index.ts'
import { anEndpoint } from '../../support/endpoint.ts'
import { foundBy, withObjects } from './outcomes.ts'

/** Rules about what stands beside an endpoint: Jobs, claims of devices. */

const containers = [{ name: 'fill', image: 'registry.example.com/cache:1' }]
const ENDS = { containers, restartPolicy: 'Never' }

const batch = (kind: string, spec: unknown): KubeObject => ({
  apiVersion: 'batch/v1',
  kind,
  metadata: { name: 'fill', namespace: 'llm' },
  spec,
})
const job = (pod: object) => batch('Job', { template: { spec: pod } })
const nightly = (more: object, pod: object = ENDS) =>
  batch('CronJob', { ...more, jobTemplate: { spec: { template: { spec: pod } } } })
const schedule = '0 3 * * *'

const JOBS: [what: string, object: KubeObject, told: string[]][] = [
  ['a Job that ends', job(ENDS), []],
  ['one that is tried again', job({ containers, restartPolicy: 'OnFailure' }), []],
  ['a CronJob', nightly({ schedule }), []],
  ['no template', batch('Job', {}), ['Job/llm/fill has no pods: its template has no containers']],
  [
    'no spec',
    batch('Job', undefined),
    ['Job/llm/fill has no pods: its template has no containers'],
  ],
  [
    'pods that restart',
    job({ containers }),
    ['Job/llm/fill restarts its pods always, as pods do that say nothing else: it would never end'],
  ],
  [
    'pods that restart, as is said',
    job({ containers, restartPolicy: 'Always' }),
    ['Job/llm/fill restarts its pods by the policy Always: it would never end'],
  ],
  [
    'no image',
    job({ ...ENDS, containers: [{ name: 'fill' }] }),
    ['Job/llm/fill has a container without an image: fill'],
  ],
  ['no schedule', nightly({}), ['CronJob/llm/fill has no schedule']],
  [
    'no pods of a CronJob',
    nightly({ schedule }, {}),
    ['CronJob/llm/fill has no pods: its template has no containers'],
  ],
]

for (const [what, object, told] of JOBS) {
  test(`job-template: ${what}`, t => {
    const found = foundBy('job-template', [withObjects(anEndpoint({}), [object])])
    t.deepEqual(
      found.map(({ message }) => message),
      told,
    )
  })
}

const template = (requests: object[]): KubeObject => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaimTemplate',
  metadata: { name: 'two', namespace: 'llm' },
  spec: { spec: { devices: { requests } } },
})
const exactly = { deviceClassName: 'gpu.nvidia.com' }
const GPU = { name: 'gpu', exactly }
const claiming = (claims: object[], used: object[]) =>
  anEndpoint({
    pod: { resourceClaims: claims, containers: [{ name: 'server', resources: { claims: used } }] },
  })
const TWO = { name: 'gpus', resourceClaimTemplateName: 'two' }
const OF_CHAT = 'Deployment/llm/chat'

const CLAIMS: [
  string,
  endpoint: ReturnType<typeof claiming>,
  requests: object[],
  told: string[],
][] = [
  ['all of a claim', claiming([TWO], [{ name: 'gpus' }]), [GPU], []],
  ['a request', claiming([TWO], [{ name: 'gpus', request: 'gpu' }]), [GPU], []],
  [
    'a request that is not there',
    claiming([TWO], [{ name: 'gpus', request: 'fpga' }]),
    [GPU],
    [`container server of ${OF_CHAT} uses request fpga of claim gpus, which has none of that name`],
  ],
  [
    'a claim that nobody uses',
    claiming([TWO], []),
    [GPU],
    [`no container of ${OF_CHAT} uses its claim gpus`],
  ],
  [
    'two of one name',
    claiming([TWO, { ...TWO }], [{ name: 'gpus' }]),
    [GPU],
    [`${OF_CHAT} has two claims named gpus`],
  ],
  [
    'no class',
    claiming([TWO], [{ name: 'gpus' }]),
    [{ name: 'gpu' }],
    ['request gpu of ResourceClaimTemplate/llm/two names no class of devices'],
  ],
  [
    'one of several',
    claiming([TWO], [{ name: 'gpus' }]),
    [{ name: 'gpu', firstAvailable: [{ name: 'big', ...exactly }] }],
    [],
  ],
  [
    'one and several',
    claiming([TWO], [{ name: 'gpus' }]),
    [{ ...GPU, firstAvailable: [] }],
    ['request gpu of ResourceClaimTemplate/llm/two has both exactly and firstAvailable'],
  ],
]

for (const [what, endpoint, requests, told] of CLAIMS) {
  test(`device-claim: ${what}`, t => {
    const found = foundBy('device-claim', [withObjects(endpoint, [template(requests)])])
    t.deepEqual(
      found.map(({ message }) => message),
      told,
    )
  })
}
