import type { ExecutionContext } from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { endpointFile, load } from '../spec/support.ts'
import { aCluster } from '../support/cluster.ts'
import { killedEverywhere } from '../support/killed.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { sandboxTest } from '../support/sandbox.ts'
import type { SandboxContext } from '../support/sandbox.ts'
import { playOperators } from './operators.ts'

/** One endpoint that has everything, killed at any request of a change; what its operators would say is played. */

const { serial } = sandboxTest({ addons: ['gateway-api', 'keda', 'external-secrets'] })

const KINDS = [
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' },
  { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
  { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
]

const ROUTE = 'route: { host: chat.example.com, gateway: { name: shared } }'
const SERVER = `${ROUTE}
resources: { cpu: 100m, memory: 128Mi }
networkPolicy: { from: [{ namespaceSelector: { matchLabels: { team: gateways } } }] }
disruptionBudget: { minAvailable: 1 }`

const fixed = `image: registry.example.com/chat:v1\nreplicas: 2\n${ROUTE}`
const scaled = `image: registry.example.com/chat:v1
scaling: { min: 2, max: 6, cpu: 70 }
${SERVER}`
const queued = (image: string, weights: string) => `image: registry.example.com/chat:${image}
model: { uri: 'oci://registry.example.com/llama:${weights}', fetch: image }
adapters: [{ name: law, uri: 'oci://registry.example.com/law:1' }]
env: { MODE: fast, TOKEN: { secret: hub, key: token } }
args: [--law=/mnt/adapters/law]
scaling: { min: 2, max: 6, queue: { preset: vllm-waiting, target: 5, prometheus: { serverAddress: 'http://prometheus.example.com:9090' } } }
${SERVER}`
const whole = `${queued('v1', '1')}
canary: { weight: 10, image: registry.example.com/chat:v2, model: { uri: 'oci://registry.example.com/llama:2' } }`
const promoted = `${queued('v2', '2')}\nslot: b`

const SECRET = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: hub }
spec:
  secretStoreRef: { name: vault, kind: ClusterSecretStore }
  target: { name: hub }
  data: [{ secretKey: token, remoteRef: { key: hub } }]
`

async function rendered(spec: string, own?: string): Promise<KubeObject[]> {
  const { value, problems } = await load({
    'endpoints/chat.yaml': endpointFile(spec),
    ...(own === undefined ? {} : { 'endpoints/chat.objects/hub.yaml': own }),
  })
  if (value === undefined) throw new Error(problems.map(({ message }) => message).join('\n'))
  const { objects, problems: found } = renderSet(value)
  const errors = found.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'))
  return objects.map(({ object }) => object)
}

const killed =
  (before: Promise<KubeObject[]>, after: Promise<KubeObject[]>) =>
  async (t: ExecutionContext<SandboxContext>) => {
    const { sandbox } = t.context
    playOperators(t, { cluster: await aCluster(t, sandbox), kubectl: kubectlFor(sandbox) })
    const scenario = { before: { chat: await before }, after: { chat: await after }, kinds: KINDS }
    await killedEverywhere({ ...scenario, minutes: 20 })(t)
  }

serial(
  'W1, W2, W4, W5 · killed at any request of getting everything, the next apply converges',
  killed(rendered(fixed), rendered(whole, SECRET)),
)

serial(
  'W3 · killed at any request of a promotion of everything, the next apply converges',
  killed(rendered(whole, SECRET), rendered(promoted, SECRET)),
)

serial(
  'W1, W2, W4, W5 · killed at any request of losing everything, the next apply converges',
  killed(rendered(whole, SECRET), rendered(scaled)),
)
