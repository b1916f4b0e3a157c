import test from 'ava'
import type { Endpoint, SpecInput } from '../../../src/spec/index.ts'
import { anEndpoint, type EndpointOptions } from '../../support/endpoint.ts'
import { patched, patchedPod } from '../check/outcomes.ts'
import { bothOutcomes } from './outcomes.ts'

const open = (host: string, options: EndpointOptions = {}, ingress: object = {}) =>
  anEndpoint({ ingress: { host, ...ingress } }, options)
const service = (spec: object, annotations?: Record<string, string>) =>
  patched('Service', { spec, ...(annotations && { metadata: { annotations } }) })
const kserve: SpecInput = { runtime: 'kserve' }
const inference = (spec: Record<string, unknown>) => patched('InferenceService', { spec }, kserve)

test(
  'S4 · policy namespaces: objects stay in the allowed namespaces',
  bothOutcomes,
  'policy-namespaces',
  {
    policies: { namespaces: ['llm', 'search-*'] },
    good: [anEndpoint(), anEndpoint({}, { namespace: 'search-eu' })],
    bad: [
      [
        anEndpoint({}, { namespace: 'kube-system' }),
        /kube-system.*does not allow/,
        'metadata.namespace',
      ],
      [anEndpoint({}, { namespace: 'llm-2' }), /llm-2/, 'metadata.namespace'],
    ],
  },
)

test('S4 · policy hosts: by pattern, with one part for each *', bothOutcomes, 'policy-hosts', {
  policies: { hosts: ['*.Models.example.com', 'chat-*.example.com'] },
  good: [
    open('chat.models.example.com'),
    open('chat-eu.example.com'),
    open('chat.models.example.com', {}, { tls: 'cert' }),
    anEndpoint(),
  ],
  bad: [
    [open('login.example.com'), /the host "login.example.com"/, 'spec.ingress.host'],
    [open('a.b.models.example.com'), /"a.b.models.example.com"/, 'spec.ingress.host'],
    [open('models.example.com'), /"models.example.com"/, 'spec.ingress.host'],
    [open('*.example.com'), /"\*.example.com"/, 'spec.ingress.host'],
    [
      open(
        'chat-x.example.com',
        {},
        {
          annotations: {
            'nginx.ingress.kubernetes.io/server-alias': 'chat-y.example.com,bank.example',
          },
        },
      ),
      /"bank.example"/,
      'spec.ingress.annotations.nginx.ingress.kubernetes.io/server-alias',
    ],
    [
      service({}, { 'external-dns.alpha.kubernetes.io/hostname': 'www.example.com' }),
      /"www.example.com"/,
      'spec.patches[0]',
    ],
    [
      patched(
        'Ingress',
        { spec: { rules: [{ http: { paths: [] } }] } },
        { ingress: { host: 'chat-x.example.com' } },
      ),
      /every host/,
      'spec.patches[0]',
    ],
    [
      anEndpoint({ route: { host: 'bank.example', gateway: { name: 'shared' } } }),
      /"bank.example"/,
      'spec.route.host',
    ],
    [
      anEndpoint({ runtime: 'external', external: { host: 'vault.internal' } }),
      /"vault.internal"/,
      'spec.external.host',
    ],
  ],
})

test('S4 · policy hosts: by the team’s label', bothOutcomes, 'policy-hosts', {
  policies: { hosts: ['**.{labels.team}.example.com'] },
  good: [open('eu.chat.search.example.com', { labels: { team: 'search' } })],
  bad: [
    [
      open('chat.search.example.com', { labels: { team: 'ads' } }),
      /chat.search/,
      'spec.ingress.host',
    ],
    [open('chat.search.example.com'), /chat.search/, 'spec.ingress.host'],
  ],
})

const account = (annotations: Record<string, string>) =>
  anEndpoint({ serviceAccount: { create: true, annotations } })

test(
  'S4 · policy serviceAccounts: names and cloud roles',
  bothOutcomes,
  'policy-service-accounts',
  {
    policies: {
      serviceAccounts: {
        allow: ['default', '{name}-sa', 'shared'],
        roles: ['arn:aws:iam::123456789012:role/ml-*'],
      },
    },
    good: [
      anEndpoint(),
      anEndpoint({ serviceAccount: 'shared' }),
      account({
        'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/ml-chat',
        owner: 'me',
      }),
      anEndpoint({ ...kserve, serviceAccount: 'shared' }),
    ],
    bad: [
      [anEndpoint({ serviceAccount: 'admin' }), /ServiceAccount "admin"/, 'spec.serviceAccount'],
      [anEndpoint({ ...kserve, serviceAccount: 'admin' }), /"admin"/, 'spec.serviceAccount'],
      [patchedPod({ serviceAccountName: 'admin' }), /"admin"/, 'spec.patches[0]'],
      [patchedPod({ serviceAccount: 'admin' }), /"admin"/, 'spec.patches[0]'],
      [
        inference({
          transformer: { containers: [{ name: 'x', image: 'x' }], serviceAccountName: 'admin' },
        }),
        /"admin"/,
        'spec.patches[0]',
      ],
      [
        account({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/admin' }),
        /role "arn:aws:iam::123456789012:role\/admin"/,
        'spec.serviceAccount.annotations.eks.amazonaws.com/role-arn',
      ],
      [
        account({ 'iam.gke.io/gcp-service-account': 'a@b' }),
        /"a@b"/,
        'spec.serviceAccount.annotations.iam.gke.io/gcp-service-account',
      ],
      [
        account({ 'azure.workload.identity/client-id': 'c' }),
        /"c"/,
        'spec.serviceAccount.annotations.azure.workload.identity/client-id',
      ],
      [
        patched('Deployment', {
          spec: { template: { metadata: { annotations: { 'iam.amazonaws.com/role': 'root' } } } },
        }),
        /"root"/,
        'spec.patches[0]',
      ],
    ],
  },
)

test(
  'S4 · policy registries: images of all containers, volumes and models',
  bothOutcomes,
  'policy-registries',
  {
    policies: { registries: ['registry.example.com', 'ghcr.io/acme', 'docker.io/library/busybox'] },
    good: [
      anEndpoint(),
      anEndpoint({ image: 'ghcr.io/acme/chat@sha256:' + 'a'.repeat(64) }),
      anEndpoint({ image: 'ghcr.io/acme/deep/er:1.0.0' }),
      anEndpoint({ image: 'busybox:1.36.1' }),
    ],
    bad: [
      [anEndpoint({ image: 'ghcr.io/acme-evil/chat:1.0.0' }), /ghcr.io\/acme-evil/, 'spec.image'],
      [anEndpoint({ image: 'registry.example.com.evil.io/chat:1.0.0' }), /evil.io/, 'spec.image'],
      [anEndpoint({ image: 'vllm:1.0.0' }), /"vllm:1.0.0"/, 'spec.image'],
      [anEndpoint({ image: 'registry.example.com:5000/vllm:1.0.0' }), /:5000/, 'spec.image'],
      [
        anEndpoint({ model: { uri: 's3://models/chat', fetch: { image: 'quay.io/fetch:1.0.0' } } }),
        /quay.io\/fetch/,
        'spec.model.fetch.image',
      ],
      [
        patchedPod({ initContainers: [{ name: 'i', image: 'quay.io/i:1' }] }),
        /quay.io\/i/,
        'spec.patches[0]',
      ],
      [
        patchedPod({ containers: [{ name: 's', image: 'quay.io/s:1' }] }),
        /quay.io\/s/,
        'spec.patches[0]',
      ],
      [
        patchedPod({ volumes: [{ name: 'm', image: { reference: 'quay.io/m:1' } }] }),
        /quay.io\/m/,
        'spec.patches[0]',
      ],
      [
        inference({ predictor: { model: { storageUri: 'oci://quay.io/model:1' } } }),
        /quay.io\/model/,
        'spec.patches[0]',
      ],
    ],
  },
)

const annotated = (name: string, value = 'x') =>
  open('chat.example.com', {}, { annotations: { [name]: value } })

test('S4 · policy snippets: no annotation carries configuration', bothOutcomes, 'policy-snippets', {
  policies: { snippets: 'error' },
  good: [
    annotated('nginx.ingress.kubernetes.io/rewrite-target', '/$2'),
    annotated('nginx.ingress.kubernetes.io/proxy-body-size', '8m'),
    annotated('example.com/snippet-policy', 'none'),
  ],
  bad: [
    ...[
      'nginx.ingress.kubernetes.io/configuration-snippet',
      'nginx.ingress.kubernetes.io/server-snippet',
      'nginx.ingress.kubernetes.io/auth-snippet',
      'nginx.ingress.kubernetes.io/stream-snippet',
      'nginx.ingress.kubernetes.io/modsecurity-snippet',
      'nginx.org/location-snippets',
      'haproxy.org/backend-config-snippet',
      'haproxy-ingress.github.io/config-backend',
      'proxy.istio.io/config',
    ].map((name): [Endpoint, RegExp, string] => [
      annotated(name),
      new RegExp(name),
      `spec.ingress.annotations.${name}`,
    ]),
    [
      annotated('nginx.ingress.kubernetes.io/auth-url', 'http://x/#;}\nload_module /tmp/x;'),
      /auth-url/,
      'spec.ingress.annotations.nginx.ingress.kubernetes.io/auth-url',
    ],
  ],
})

test(
  'S4 · policy externalIPs: Services are reached from inside only',
  bothOutcomes,
  'policy-external-ips',
  {
    policies: { externalIPs: 'error' },
    good: [anEndpoint(), service({ sessionAffinity: 'ClientIP' })],
    bad: [
      [service({ externalIPs: ['203.0.113.7'] }), /by externalIPs/, 'spec.patches[0]'],
      [service({ loadBalancerIP: '203.0.113.7' }), /by loadBalancerIP/, 'spec.patches[0]'],
      [service({ type: 'LoadBalancer' }), /by type LoadBalancer/, 'spec.patches[0]'],
      [service({ type: 'NodePort' }), /by type NodePort/, 'spec.patches[0]'],
      [service({}, { 'metallb.io/loadBalancerIPs': '10.0.0.1' }), /metallb/, 'spec.patches[0]'],
    ],
  },
)

test(
  'S4 · policy finalizers: nothing waits for others to be deleted',
  bothOutcomes,
  'policy-finalizers',
  {
    policies: { finalizers: 'error' },
    good: [anEndpoint()],
    bad: [
      [
        patched('Service', { metadata: { finalizers: ['example.com/hold'] } }),
        /example.com\/hold/,
        'spec.patches[0]',
      ],
    ],
  },
)
