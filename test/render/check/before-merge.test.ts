import test from 'ava'
import { anEndpoint } from '../../support/endpoint.ts'
import { aClaim, bothOutcomes, foundBy, patchedPod, withObjects } from './outcomes.ts'

const volumes = [{ name: 'models', pvc: 'models', mountPath: '/models' }]
const surging = { volumes, rollout: { maxSurge: 1, maxUnavailable: 0 } }
const recreating = { volumes, rollout: { strategy: 'Recreate' as const } }
const giving = { volumes, rollout: { maxSurge: 0, maxUnavailable: 1 } }

test('K3 · volume-rollout: a volume of one pod', bothOutcomes, 'volume-rollout', {
  good: [
    withObjects(anEndpoint(recreating), [aClaim('ReadWriteOncePod')]),
    withObjects(anEndpoint(giving, { name: 'b' }), []),
    anEndpoint(surging, { name: 'unseen', namespace: 'other' }),
  ],
  bad: [withObjects(anEndpoint(surging), [aClaim('ReadWriteOncePod')])],
  says: /first starts a pod with the claim models, which one pod alone may use/,
  blames: 'spec.rollout',
})

test('K3 · volume-rollout: a volume of one node', bothOutcomes, 'volume-rollout', {
  good: [withObjects(anEndpoint(surging), [aClaim('ReadWriteOnce', 'ReadWriteMany')])],
  bad: [withObjects(anEndpoint(surging), [aClaim('ReadWriteOnce')])],
  says: /which one node alone may use \(ReadWriteOnce\)/,
  blames: 'spec.rollout',
  severity: 'warning',
})

const byShell = (script: string) => anEndpoint({ command: ['/bin/sh', '-c'], args: [script] })

test('T1 · shell-signal: the server behind a shell', bothOutcomes, 'shell-signal', {
  good: [byShell('export A=1; exec serve --port 8000')],
  bad: [byShell('export A=1\nserve --port 8000')],
  says: /container server of Deployment\/llm\/chat is started by a shell, which does not pass SIGTERM/,
  blames: 'spec.args',
  severity: 'warning',
})

/** Scripts, and whether the server is told of its end. */
const SCRIPTS: [script: string, isTold: boolean][] = [
  ['serve --port 8000', true],
  ['serve \\\n  --port 8000', true],
  [`serve --prompt 'a; b' --say "c && d"`, true],
  ['prepare && exec serve', true],
  ["trap 'kill $!' TERM; serve & wait", true],
  ['serve & wait $!', true],
  ['# first\nexec serve', true],
  ['prepare && serve', false],
  ['cd /app; serve', false],
  ['serve | tee /tmp/log', false],
  ['exec 2>&1; serve', false],
]
for (const [script, isTold] of SCRIPTS)
  test(`T1 · shell-signal: ${JSON.stringify(script)}`, t => {
    t.is(foundBy('shell-signal', [byShell(script)]).length, isTold ? 0 : 1)
  })

test('T1 · shell-signal: other ways to start, and a server whose name ends like a shell', t => {
  const start = (command: string[], name: string) => anEndpoint({ command }, { name })
  const fine = [start(['python', '-c', 'a; b'], 'a'), start(['splash', '-c', 'a; b'], 'b')]
  t.deepEqual(foundBy('shell-signal', fine), [])
  t.is(foundBy('shell-signal', [start(['bash', '-lc', 'a; b'], 'c')]).length, 1)
})

test('T6 · shared-memory: more of it than memory', bothOutcomes, 'shared-memory', {
  good: [
    anEndpoint({ sharedMemory: '8Gi', resources: { memory: '8Gi' } }),
    anEndpoint({ sharedMemory: '8Gi' }, { name: 'unlimited' }),
    anEndpoint({ resources: { gpus: 2, cpu: 1, memory: '1Gi' } }, { name: 'unsized' }),
  ],
  bad: [anEndpoint({ sharedMemory: '8193Mi', resources: { memory: '8Gi' } })],
  says: /gives \/dev\/shm of container server 8193Mi of memory, and the container may use 8Gi in all/,
  blames: 'spec.sharedMemory',
})

test('T6 · shared-memory: a volume in memory anywhere, on disk none', t => {
  const cache = (emptyDir: object) =>
    patchedPod(
      {
        volumes: [{ name: 'cache', emptyDir }],
        containers: [{ name: 'server', volumeMounts: [{ name: 'cache', mountPath: '/cache' }] }],
      },
      { resources: { memory: '1Gi' } },
    )
  t.is(foundBy('shared-memory', [cache({ medium: 'Memory', sizeLimit: '2Gi' })]).length, 1)
  t.is(foundBy('shared-memory', [cache({ sizeLimit: '2Gi' })]).length, 0)
})

const nodePools = [
  { name: 'a100', resources: { 'nvidia.com/gpu': 8 } },
  { name: 'divided', resources: { 'nvidia.com/mig-1g.10gb': 7 } },
  { name: 'cpu', resources: {} },
]
const asking = (gpus: number, gpuResource: string, name = 'chat') =>
  anEndpoint({ resources: { gpus, gpuResource, cpu: 1, memory: '8Gi' } }, { name, nodePools })

test('T5 · node-pools: a resource that no node has', bothOutcomes, 'node-pools', {
  good: [
    asking(8, 'nvidia.com/gpu'),
    asking(1, 'nvidia.com/mig-1g.10gb', 'b'),
    anEndpoint({}, { name: 'c', nodePools }),
    anEndpoint({ resources: { gpus: 9, cpu: 1, memory: '8Gi' } }, { name: 'undeclared' }),
  ],
  bad: [asking(1, 'nvidia.com/mig-1g.5gb')],
  says: /asks for nvidia.com\/mig-1g.5gb, which no node of the environment has/,
  blames: 'spec.resources',
})

test('T5 · node-pools: more than one node has', bothOutcomes, 'node-pools', {
  good: [asking(7, 'nvidia.com/mig-1g.10gb')],
  bad: [asking(9, 'nvidia.com/gpu')],
  says: /asks for 9 nvidia.com\/gpu, and no node of the environment has as many/,
  blames: 'spec.resources',
})

test('T5 · node-pools: a misspelt name leads to the one that was meant', t => {
  const [problem] = foundBy('node-pools', [asking(1, 'nvidia.com/gpus')])
  t.regex(problem?.remedy ?? '', /Did you mean nvidia.com\/gpu\?/)
})
