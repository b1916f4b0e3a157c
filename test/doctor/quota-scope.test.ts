import test from 'ava'
import { isInScope, scopesOf, scopeText, type Scope } from '../../src/doctor/checks/quota-scope.ts'
import { resourcesOf, type PodSpec } from '../../src/doctor/workloads.ts'

const requests = { cpu: '1', memory: '1Gi' }
const burstable: PodSpec = { containers: [{ resources: { requests } }] }
const gold = { ...burstable, priorityClassName: 'gold' }
const bare: PodSpec = { containers: [{}, { resources: { limits: { 'nvidia.com/gpu': 1 } } }] }
const priority = (operator: string, ...values: string[]): Scope => ({
  scopeName: 'PriorityClass',
  operator,
  values,
})
const plain = (scopeName: string): Scope => ({ scopeName, operator: 'Exists' })
const across = (where: string, term: object): PodSpec => ({
  affinity: { [where]: { requiredDuringSchedulingIgnoredDuringExecution: [term] } },
})

const CASES: [scope: Scope, pod: PodSpec, counts: boolean][] = [
  [plain('NotTerminating'), burstable, true],
  [plain('Terminating'), burstable, false],
  [plain('Terminating'), { ...burstable, activeDeadlineSeconds: 60 }, true],
  [plain('NotTerminating'), { ...burstable, activeDeadlineSeconds: 60 }, false],
  [plain('BestEffort'), burstable, false],
  [plain('NotBestEffort'), burstable, true],
  [plain('BestEffort'), bare, true],
  [plain('NotBestEffort'), bare, false],
  [plain('NotBestEffort'), { ...bare, initContainers: [{ resources: { requests } }] }, true],
  [priority('In', 'gold', 'silver'), gold, true],
  [priority('In', 'silver'), gold, false],
  [priority('In', 'gold'), burstable, false],
  [priority('NotIn', 'gold'), gold, false],
  [priority('NotIn', 'gold'), burstable, true],
  [priority('Exists'), gold, true],
  [priority('Exists'), burstable, false],
  [priority('Exists'), { ...burstable, priorityClassName: '' }, false],
  [priority('DoesNotExist'), burstable, true],
  [priority('DoesNotExist'), gold, false],
  [plain('CrossNamespacePodAffinity'), burstable, false],
  [plain('CrossNamespacePodAffinity'), across('podAffinity', { namespaces: ['other'] }), true],
  [plain('CrossNamespacePodAffinity'), across('podAntiAffinity', { namespaceSelector: {} }), true],
  [plain('CrossNamespacePodAffinity'), across('podAntiAffinity', { topologyKey: 'zone' }), false],
  [priority('In', 'gold'), {}, false],
  [{ scopeName: 'VolumeAttributesClass', operator: 'In', values: ['fast'] }, gold, false],
]
for (const [scope, pod, counts] of CASES) {
  test(`K7 · scope ${scopeText(scope)} ${counts ? 'counts' : 'does not count'} ${JSON.stringify(pod)}`, t => {
    t.is(isInScope(pod, scope), counts)
  })
}

test('K7 · scopes of both forms hold together', t => {
  const quota = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'q' },
    spec: { scopes: ['NotBestEffort'], scopeSelector: { matchExpressions: [priority('Exists')] } },
  }
  t.deepEqual(scopesOf(quota).map(scopeText), ['NotBestEffort', 'PriorityClass Exists'])
  t.deepEqual(scopesOf({ ...quota, spec: {} }), [])
})

test('K7 · an init container counts where it needs more than all others, a sidecar with them', t => {
  const container = (cpu: string) => ({ resources: { requests: { cpu } } })
  const cpuOf = (pod: PodSpec) => resourcesOf(pod).get('requests.cpu')
  t.is(cpuOf({ containers: [container('1'), container('2')] }), 3)
  t.is(cpuOf({ containers: [container('1')], initContainers: [container('4')] }), 4)
  t.is(cpuOf({ containers: [container('3')], initContainers: [container('2')] }), 3)
  const sidecar = { ...container('2'), restartPolicy: 'Always' }
  t.is(cpuOf({ containers: [container('3')], initContainers: [sidecar] }), 5)
})
