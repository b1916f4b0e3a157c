import test from 'ava'
import type { Endpoint } from '../../../src/spec/index.ts'
import { anEndpoint } from '../../support/endpoint.ts'
import { patched, patchedPod, withObjects } from '../check/outcomes.ts'
import { found } from './outcomes.ts'

/** Ways past a policy that no field of an endpoint leads: objects of one's own, patches of what controllers copy, the same said twice. */

/** An endpoint with an object of its own. */
function owning(apiVersion: string, kind: string, content: Record<string, unknown>): Endpoint {
  const { metadata, ...rest } = content
  const object = {
    apiVersion,
    kind,
    metadata: { name: 'own', namespace: 'llm', ...(metadata as object | undefined) },
    ...rest,
  }
  return withObjects(anEndpoint(), [object])
}

const ISTIO = 'networking.istio.io/v1'
const GATEWAY = 'gateway.networking.k8s.io/v1'
const TRAEFIK = 'traefik.io/v1alpha1'
const RBAC = 'rbac.authorization.k8s.io/v1'

type Row = [title: string, endpoint: Endpoint, says: RegExp | undefined]

const outcome = test.macro<[policies: object, rows: Row[]]>((t, policies, rows) => {
  for (const [title, endpoint, says] of rows) {
    const messages = found(policies, [endpoint]).map(({ message }) => message)
    if (says === undefined) t.deepEqual(messages, [], title)
    else t.regex(messages.join('\n') || 'nothing found', says, title)
  }
})

const BANK = /names the host "bank\.example"/
const EVERY = /names every host/

test('S4 · policy hosts: other kinds claim hosts, too', outcome, { hosts: ['*.example.com'] }, [
  ['TLSRoute', owning(GATEWAY, 'TLSRoute', { spec: { hostnames: ['bank.example'] } }), BANK],
  ['TLSRoute for all', owning(GATEWAY, 'TLSRoute', { spec: {} }), EVERY],
  [
    'Gateway',
    owning(GATEWAY, 'Gateway', { spec: { listeners: [{ hostname: 'bank.example' }] } }),
    BANK,
  ],
  ['Gateway for all', owning(GATEWAY, 'Gateway', { spec: { listeners: [{ name: 'a' }] } }), EVERY],
  ['VirtualService', owning(ISTIO, 'VirtualService', { spec: { hosts: ['bank.example'] } }), BANK],
  [
    'Gateway of Istio',
    owning(ISTIO, 'Gateway', { spec: { servers: [{ hosts: ['./bank.example'] }] } }),
    BANK,
  ],
  ['ServiceEntry', owning(ISTIO, 'ServiceEntry', { spec: { hosts: ['bank.example'] } }), BANK],
  [
    'IngressRoute',
    owning(TRAEFIK, 'IngressRoute', {
      spec: { routes: [{ match: 'Host(`a.example.com`, `bank.example`) && PathPrefix(`/`)' }] },
    }),
    BANK,
  ],
  [
    'IngressRoute for all',
    owning(TRAEFIK, 'IngressRoute', { spec: { routes: [{ match: 'PathPrefix(`/`)' }] } }),
    EVERY,
  ],
  [
    'HTTPProxy',
    owning('projectcontour.io/v1', 'HTTPProxy', {
      spec: { virtualhost: { fqdn: 'bank.example' } },
    }),
    BANK,
  ],
  ['Route', owning('route.openshift.io/v1', 'Route', { spec: { host: 'bank.example' } }), BANK],
  [
    'DomainMapping',
    owning('serving.knative.dev/v1beta1', 'DomainMapping', { metadata: { name: 'bank.example' } }),
    BANK,
  ],
  [
    'Certificate',
    owning('cert-manager.io/v1', 'Certificate', { spec: { dnsNames: ['bank.example'] } }),
    BANK,
  ],
  [
    'DNSEndpoint',
    owning('externaldns.k8s.io/v1alpha1', 'DNSEndpoint', {
      spec: { endpoints: [{ dnsName: 'bank.example' }] },
    }),
    BANK,
  ],
  [
    'VirtualServer',
    owning('k8s.nginx.org/v1', 'VirtualServer', { spec: { host: 'bank.example' } }),
    BANK,
  ],
  [
    'HTTPScaledObject',
    owning('http.keda.sh/v1alpha1', 'HTTPScaledObject', { spec: { hosts: ['bank.example'] } }),
    BANK,
  ],
  [
    'LLMInferenceService',
    owning('serving.kserve.io/v1alpha1', 'LLMInferenceService', {
      spec: { router: { route: { http: { spec: { hostnames: ['bank.example'] } } } } },
    }),
    BANK,
  ],
  [
    'allowed ones',
    owning(ISTIO, 'VirtualService', { spec: { hosts: ['a.example.com'] } }),
    undefined,
  ],
  [
    'allowed by Traefik',
    owning(TRAEFIK, 'IngressRoute', { spec: { routes: [{ match: 'Host(`a.example.com`)' }] } }),
    undefined,
  ],
])

const NGINX = 'nginx.ingress.kubernetes.io'
const annotated = (annotations: Record<string, string>) =>
  anEndpoint({ ingress: { host: 'a.example.com', annotations } })

test(
  'S4 · policy hosts: aliases and certificates by annotation',
  outcome,
  { hosts: ['*.example.com'] },
  [
    ['alias by pattern', annotated({ [`${NGINX}/server-alias-regex`]: 'bank.example' }), BANK],
    ['certificate', annotated({ 'cert-manager.io/alt-names': 'a.example.com,bank.example' }), BANK],
    [
      'of Azure',
      annotated({ 'appgw.ingress.kubernetes.io/hostname-extension': 'bank.example' }),
      BANK,
    ],
    ['of Kong', annotated({ 'konghq.com/host-aliases': 'bank.example' }), BANK],
  ],
)

test(
  'S4 · policy serviceAccounts: tokens, stores of secrets and bindings lead to others, too',
  outcome,
  { serviceAccounts: { allow: ['default', 'chat-sa'], roles: ['Role/chat-*', 'allowed'] } },
  [
    [
      'a token',
      owning('v1', 'Secret', {
        type: 'kubernetes.io/service-account-token',
        metadata: { annotations: { 'kubernetes.io/service-account.name': 'admin' } },
      }),
      /the ServiceAccount "admin"/,
    ],
    [
      'a store of secrets',
      owning('external-secrets.io/v1', 'SecretStore', {
        spec: { provider: { aws: { auth: { jwt: { serviceAccountRef: { name: 'admin' } } } } } },
      }),
      /the ServiceAccount "admin"/,
    ],
    [
      'another kind',
      owning('ray.io/v1', 'RayCluster', { spec: { x: { serviceAccountName: 'admin' } } }),
      /"admin"/,
    ],
    [
      'a binding',
      owning(RBAC, 'RoleBinding', {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'admin' },
      }),
      /gives the role "ClusterRole\/admin"/,
    ],
    [
      'an allowed binding',
      owning(RBAC, 'RoleBinding', { roleRef: { kind: 'Role', name: 'chat-read' } }),
      undefined,
    ],
    [
      'a role that only the pod says',
      patched('Deployment', {
        metadata: { annotations: { 'iam.amazonaws.com/role': 'allowed' } },
        spec: { template: { metadata: { annotations: { 'iam.amazonaws.com/role': 'root' } } } },
      }),
      /takes the role "root"/,
    ],
    [
      'a role that only the Deployment says',
      patched('Deployment', {
        metadata: { annotations: { 'iam.amazonaws.com/role': 'root' } },
        spec: { template: { metadata: { annotations: { 'iam.amazonaws.com/role': 'allowed' } } } },
      }),
      /takes the role "root"/,
    ],
  ],
)

const QUAY = /the image "quay\.io\/x:1"/

test(
  'S4 · policy registries: images that others put beside a container, or that are written in parts',
  outcome,
  { registries: ['registry.example.com'] },
  [
    ...[
      'sidecar.istio.io/proxyImage',
      'vault.hashicorp.com/agent-image',
      'config.linkerd.io/proxy-image',
      'dapr.io/sidecar-image',
    ].map((name): Row => [
      name,
      patched('Deployment', {
        spec: { template: { metadata: { annotations: { [name]: 'quay.io/x:1' } } } },
      }),
      QUAY,
    ]),
    [
      'a PodTemplate',
      owning('v1', 'PodTemplate', {
        template: { spec: { containers: [{ name: 'x', image: 'quay.io/x:1' }] } },
      }),
      QUAY,
    ],
    [
      'an ephemeral container',
      patchedPod({ ephemeralContainers: [{ name: 'x', image: 'quay.io/x:1' }] }),
      QUAY,
    ],
    [
      'parts',
      owning('apps.nvidia.com/v1alpha1', 'NIMService', {
        spec: { image: { repository: 'quay.io/x', tag: '1' } },
      }),
      /"quay\.io\/x"/,
    ],
    [
      'an operator’s field',
      owning('example.com/v1', 'Widget', { spec: { initImage: 'quay.io/x:1' } }),
      QUAY,
    ],
    [
      'a digest on a mirror',
      anEndpoint({ image: `quay.io/registry.example.com/x@sha256:${'a'.repeat(64)}` }),
      /quay\.io/,
    ],
    [
      'a policy of pulling',
      owning('example.com/v1', 'Widget', { spec: { pullImage: true } }),
      undefined,
    ],
  ],
)

test('S4 · policy finalizers: those of pods and claims, too', outcome, { finalizers: 'error' }, [
  [
    'of pods',
    patched('Deployment', { spec: { template: { metadata: { finalizers: ['example.com/a'] } } } }),
    /finalizer example\.com\/a/,
  ],
  [
    'of claims',
    owning('apps/v1', 'StatefulSet', {
      spec: { volumeClaimTemplates: [{ metadata: { name: 'x', finalizers: ['example.com/a'] } }] },
    }),
    /finalizer example\.com\/a/,
  ],
])

test(
  'S4 · policy podSecurity: a profile that the pods say otherwise',
  outcome,
  { podSecurity: 'baseline' },
  [
    [
      'AppArmor',
      patched('Deployment', {
        metadata: {
          annotations: {
            'container.apparmor.security.beta.kubernetes.io/server': 'runtime/default',
          },
        },
        spec: {
          template: {
            metadata: {
              annotations: {
                'container.apparmor.security.beta.kubernetes.io/server': 'unconfined',
              },
            },
          },
        },
      }),
      /switches AppArmor off/,
    ],
    [
      'capabilities of a sidecar',
      patchedPod({
        containers: [
          { name: 's', image: 'x', securityContext: { capabilities: { add: ['SYS_ADMIN'] } } },
        ],
      }),
      /SYS_ADMIN|capabilit/,
    ],
    [
      'a host path of a Job',
      owning('batch/v1', 'Job', {
        spec: {
          template: {
            spec: {
              containers: [{ name: 'x', image: 'x' }],
              volumes: [{ name: 'h', hostPath: { path: '/' } }],
            },
          },
        },
      }),
      /volume h is of a forbidden type/,
    ],
  ],
)

test(
  'S4 · policy snippets: fields, kinds and paths carry configuration, too',
  outcome,
  { snippets: 'error' },
  [
    [
      'a field',
      owning('k8s.nginx.org/v1', 'VirtualServer', { spec: { 'server-snippets': 'x' } }),
      /by the field server-snippets/,
    ],
    ['EnvoyFilter', owning(`${ISTIO}alpha3`, 'EnvoyFilter', { spec: {} }), /by its kind/],
    [
      'a path',
      anEndpoint({ ingress: { host: 'a.example.com', path: '/v1;return_200' } }),
      /by the path/,
    ],
    [
      'a pattern that counts',
      anEndpoint({ ingress: { host: 'a.example.com', path: '/v[0-9]{1,2}' } }),
      undefined,
    ],
  ],
)

test('S4 · policy externalIPs: addresses in other networks', outcome, { externalIPs: 'error' }, [
  [
    'Tailscale',
    patched('Service', { metadata: { annotations: { 'tailscale.com/expose': 'true' } } }),
    /tailscale/,
  ],
  [
    'PureLB',
    patched('Service', { metadata: { annotations: { 'purelb.io/addresses': '203.0.113.7' } } }),
    /purelb/,
  ],
  [
    'an EndpointSlice of one’s own',
    owning('discovery.k8s.io/v1', 'EndpointSlice', {
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.0.0.7'] }],
    }),
    /addresses that it does not select/,
  ],
  [
    'Endpoints of one’s own',
    owning('v1', 'Endpoints', { subsets: [{ addresses: [{ ip: '10.0.0.7' }] }] }),
    /addresses that it does not select/,
  ],
])

test('S4 · policy namespaces: objects of one’s own, too', outcome, { namespaces: ['llm'] }, [
  [
    'in another',
    owning('v1', 'ConfigMap', { metadata: { namespace: 'kube-system' } }),
    /kube-system/,
  ],
  [
    'opened to another',
    owning('gateway.networking.k8s.io/v1', 'ReferenceGrant', {
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'bank' }],
      },
    }),
    /lets the namespace "bank" refer to objects here/,
  ],
  [
    'opened to an allowed one',
    owning('gateway.networking.k8s.io/v1beta1', 'ReferenceGrant', {
      spec: { from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'llm' }] },
    }),
    undefined,
  ],
])
