import type { KubeObject } from '../../src/object/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { endpointFile, load } from '../spec/support.ts'

/** One endpoint that has everything: what the crash, fault and race matrices play on. */

/** Of its objects, beside those that every set may have. */
export const KINDS = [
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

/** Before it has anything but a route. */
export const fixed = `image: registry.example.com/chat:v1\nreplicas: 2\n${ROUTE}`
/** With everything that is not of its candidate, queue or images of weights. */
export const scaled = `image: registry.example.com/chat:v1
scaling: { min: 2, max: 6, cpu: 70 }
${SERVER}`
const queued = (image: string, weights: string) => `image: registry.example.com/chat:${image}
model: { uri: 'oci://registry.example.com/llama:${weights}', fetch: image }
adapters: [{ name: law, uri: 'oci://registry.example.com/law:1' }]
env: { MODE: fast, TOKEN: { secret: hub, key: token } }
args: [--law=/mnt/adapters/law]
scaling: { min: 2, max: 6, queue: { preset: vllm-waiting, target: 5, prometheus: { serverAddress: 'http://prometheus.example.com:9090' } } }
${SERVER}`
export const whole = `${queued('v1', '1')}
canary: { weight: 10, image: registry.example.com/chat:v2, model: { uri: 'oci://registry.example.com/llama:2' } }`
/** Its candidate serves alone. */
export const promoted = `${queued('v2', '2')}\nslot: b`

/** An object of its own. */
export const SECRET = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: hub }
spec:
  secretStoreRef: { name: vault, kind: ClusterSecretStore }
  target: { name: hub }
  data: [{ secretKey: token, remoteRef: { key: hub } }]
`

/** What it becomes; throws where it is not as it should be. */
export async function rendered(spec: string, own?: string): Promise<KubeObject[]> {
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
