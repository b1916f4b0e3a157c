import test from 'ava'
import { conflictProblem } from '../../src/plan/decide/conflict-problem.ts'
import { conflictAdvice, disputed, isMigratable } from '../../src/plan/fields/conflicts.ts'
import { valueAt, type KubeObject } from '../../src/object/index.ts'
import { anEndpoint } from '../support/endpoint.ts'

const replicas = '.spec.replicas'
const image = '.spec.template.spec.containers[name="server"].image'
const limit = '.spec.template.spec.containers[name="server"].resources.limits.memory'
const kind = 'Deployment'

test('R4 · kubectl apply and what was there before are taken over, a human hand is not', t => {
  const conflicts = ['kubectl-client-side-apply', 'before-first-apply', 'kubectl-edit'].map(
    manager => ({ manager, field: replicas }),
  )
  t.deepEqual(
    conflicts.map(({ manager }) => isMigratable(manager)),
    [true, true, false],
  )
  t.deepEqual(
    disputed(conflicts, { kind }).map(conflict => conflict.manager),
    ['kubectl-edit'],
  )
})

test('R4 · replicas are taken from an autoscaler only when it goes with the same plan', t => {
  const held = [{ manager: 'kube-controller-manager', field: replicas }]
  t.deepEqual(disputed(held, { kind }), held)
  t.deepEqual(disputed(held, { kind, ownsReplicas: true }), [])
  const other = [{ manager: 'kube-controller-manager', field: '.spec.paused' }]
  t.deepEqual(disputed(other, { kind, ownsReplicas: true }), other)
  t.deepEqual(disputed([{ manager: 'slipway-handover', field: replicas }], { kind }), [])
})

/** Manager, field, kind: the advice, and whether --force-conflicts takes it. */
const CASES: [string, string, string, RegExp, boolean][] = [
  ['kube-controller-manager', replicas, kind, /scaling instead of replicas/, true],
  ['keda-operator', replicas, kind, /scaling instead of replicas/, true],
  ['keda-operator', image, kind, /Commit the live value/, true],
  ['kube-controller-manager', image, kind, /Commit the live value/, true],
  ['vpa-updater', limit, kind, /leave the resources out/, true],
  ['vpa-updater', image, kind, /Commit the live value/, true],
  ['kubectl-edit', image, kind, /by hand, perhaps during an incident: ask/, true],
  ['kubectl-scale', replicas, kind, /by hand/, true],
  ['kubectl', replicas, kind, /by hand/, true],
  ['kubectl', image, kind, /^It was made or applied with kubectl/, true],
  ['kubectl-create', image, kind, /^It was made or applied with kubectl/, true],
  ['k9s', image, kind, /by hand/, true],
  ['Mozilla', image, kind, /by hand/, true],
  ['manager', '.metadata.annotations.a', 'InferenceService', /KServe controller/, false],
  ['kserve-controller', '.spec.predictor.minReplicas', 'InferenceService', /never forced/, false],
  ['manager', image, kind, /Commit the live value/, true],
  ['argocd-controller', image, kind, /Another tool/, true],
  ['helm', image, kind, /Another tool/, true],
  ['somebody', image, kind, /Commit the live value of \.spec\.template/, true],
]
for (const [manager, field, of, advice, isTaken] of CASES) {
  test(`R4 · ${manager} holds ${field} of a ${of}`, t => {
    const conflict = { manager, field }
    t.regex(conflictAdvice(conflict, of), advice)
    t.deepEqual(disputed([conflict], { kind: of }), [conflict])
    t.is(disputed([conflict], { kind: of, forced: true }).length === 0, isTaken)
  })
}

const object: KubeObject = {
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'chat', labels: { 'app.kubernetes.io/name': 'chat', app: 'x' } },
  spec: {
    replicas: 3,
    list: ['a', 'b'],
    containers: [
      { name: 'side', image: 'side:1' },
      { name: 'a"]b', image: 'odd:1' },
      {
        name: 'server',
        image: 'server:1',
        ports: [{ containerPort: 80 }, { containerPort: 81, protocol: 'UDP', name: 'u' }],
      },
    ],
  },
}
const PATHS: [string, unknown][] = [
  ['.spec.replicas', 3],
  ['.metadata.labels.app.kubernetes.io/name', 'chat'],
  ['.metadata.labels.app', 'x'],
  ['.spec.containers[name="server"].image', 'server:1'],
  ['.spec.containers[name="a\\"]b"].image', 'odd:1'],
  ['.spec.containers[name="server"].ports[containerPort=81,protocol="UDP"].name', 'u'],
  ['.spec.containers[name="server"].ports[containerPort=80,protocol="TCP"]', { containerPort: 80 }],
  ['.spec.list[="b"]', 'b'],
  ['.spec.list[0]', 'a'],
  ['.spec.containers[name="gone"].image', undefined],
  ['.spec.gone.further', undefined],
]
for (const [path, value] of PATHS) {
  test(`the value at ${path}`, t => t.deepEqual(valueAt(object, path), value))
}

test('R4 · a conflict says both values, and of a Secret neither', t => {
  const endpoint = anEndpoint()
  const live = { ...object, spec: { replicas: 5 } }
  const sides = { live, rendered: { endpoint, object }, setId: 'set' }
  const { message } = conflictProblem({ manager: 'kubectl', field: replicas }, sides)
  t.regex(message, /spec\.replicas is held by .*"kubectl": live 5, in git 3$/)
  const secret = (text: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'key' },
    data: { token: text },
  })
  const hidden = conflictProblem(
    { manager: 'kubectl', field: '.data.token' },
    { live: secret('bGl2ZQ=='), rendered: { endpoint, object: secret('Z2l0') }, setId: 'set' },
  )
  t.regex(hidden.message, /live "fingerprint:\w+", in git "fingerprint:\w+"$/)
  t.notRegex(hidden.message, /bGl2ZQ|Z2l0/)
})
