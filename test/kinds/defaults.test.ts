import test from 'ava'
import { isServerDefault, type FieldPlace } from '../../src/kinds/index.ts'

/** What the API server fills in, and what only looks like it. */

const of = (kind: string | undefined, parent: string, name: string, owner = {}): FieldPlace => ({
  kind,
  parent,
  name,
  owner,
})
const D = 'Deployment'

const DEFAULTS: [FieldPlace, unknown][] = [
  [of(D, 'spec', 'restartPolicy'), 'Always'],
  [of(D, 'template', 'spec'), { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst' }],
  [of(D, 'fieldRef', 'apiVersion'), 'v1'],
  [of(D, 'containers', 'imagePullPolicy', { image: 'registry.example.com:5000/iris' }), 'Always'],
  [of(D, 'containers', 'imagePullPolicy', { image: 'iris:latest' }), 'Always'],
  [of(D, 'containers', 'imagePullPolicy', { image: 'iris:1' }), 'IfNotPresent'],
  [of(D, 'containers', 'imagePullPolicy', { image: 'iris@sha256:0123' }), 'IfNotPresent'],
  [of(D, 'spec', 'serviceAccount', { serviceAccountName: 'iris' }), 'iris'],
  [of('Service', 'ports', 'targetPort', { port: 80 }), 80],
  [of('Service', 'spec', 'externalTrafficPolicy', { type: 'LoadBalancer' }), 'Cluster'],
  [of('StatefulSet', 'updateStrategy', 'rollingUpdate'), { partition: 0 }],
  [of('NetworkPolicy', 'ports', 'protocol'), 'TCP'],
  [of(undefined, 'spec', 'sessionAffinity'), 'None'],
]

const NONE: [FieldPlace, unknown][] = [
  [of(D, 'initContainers', 'restartPolicy'), 'Always'],
  [of(D, '', 'restartPolicy'), 'Always'],
  [of(D, 'labels', 'type'), 'RollingUpdate'],
  [of(D, 'metadata', 'labels'), { type: 'RollingUpdate', protocol: 'TCP' }],
  [of(D, 'requests', 'replicas'), 1],
  [of(D, 'metadata', 'apiVersion'), 'v1'],
  [of(D, 'containers', 'imagePullPolicy', { image: 'iris:1' }), 'Always'],
  [of(D, 'containers', 'imagePullPolicy'), 'Always'],
  [of(D, 'spec', 'serviceAccount', { serviceAccountName: 'iris' }), 'default'],
  [of(D, 'spec', 'affinity'), {}],
  [of('Service', 'ports', 'targetPort', { port: 80 }), 8080],
  [of('Service', 'spec', 'externalTrafficPolicy', { type: 'ClusterIP' }), 'Cluster'],
  [of('ConfigMap', 'data', 'scheme'), 'HTTP'],
  [of('Widget', 'spec', 'replicas'), 1],
]

for (const [rows, isOne] of [
  [DEFAULTS, true],
  [NONE, false],
] as const) {
  for (const [place, value] of rows) {
    const { kind, parent, name, owner } = place
    const what = `${kind} ${parent}.${name} ${JSON.stringify(value)} ${JSON.stringify(owner)}`
    test(`R11, S2 · ${isOne ? 'a default' : 'no default'}: ${what}`, t => {
      t.is(isServerDefault(place, value), isOne)
    })
  }
}
