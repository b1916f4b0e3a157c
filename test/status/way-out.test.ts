import test from 'ava'
import { viewOf } from '../../src/status/index.ts'
import { wayOut, wayOutText } from '../../src/status/causes/way-out.ts'
import { live, pod } from './build.ts'

const policy = (name: string, spec: object) =>
  live('networking.k8s.io/v1', 'NetworkPolicy', name, { spec: { podSelector: {}, ...spec } })

const EGRESS = { policyTypes: ['Ingress', 'Egress'] }
const DNS = { ports: [{ port: 53, protocol: 'UDP' }] }
const WEB = { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 443 }] }

const TABLE: [what: string, policies: object[], says: string | undefined][] = [
  ['there is none', [], undefined],
  ['it is about the way in', [{ policyTypes: ['Ingress'] }], undefined],
  ['it says nothing of types and has no egress rules', [{ ingress: [{}] }], undefined],
  [
    'it is about other pods',
    [{ ...EGRESS, podSelector: { matchLabels: { app: 'else' } } }],
    undefined,
  ],
  ['all is let out by another', [EGRESS, { ...EGRESS, egress: [{}] }], undefined],
  ['nothing is let out', [EGRESS], 'NetworkPolicy p0 blocks all egress of the pod'],
  [
    'DNS is not let out',
    [{ ...EGRESS, egress: [WEB] }],
    'NetworkPolicy p0 allows egress of the pod only to the destinations of its rules, which do not include port 53 (DNS)',
  ],
  [
    'two let out what they name',
    [{ egress: [DNS] }, { ...EGRESS, egress: [WEB] }],
    'NetworkPolicy p0 and p1 allow egress of the pod only to the destinations of their rules',
  ],
  [
    'a range of ports has that of DNS',
    [{ ...EGRESS, egress: [{ ports: [{ port: 1, endPort: 1023 }] }] }],
    'NetworkPolicy p0 allows egress of the pod only to the destinations of its rules',
  ],
]

for (const [what, policies, says] of TABLE)
  test(`K3 · the way out of a pod, where ${what}`, t => {
    const all = policies.map((spec, index) => policy(`p${index}`, spec))
    const found = wayOut(pod('chat-1', { metadata: { labels: { app: 'chat' } } }), viewOf(all))
    t.is(found && wayOutText(found), says)
  })
