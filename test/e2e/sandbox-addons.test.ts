import test from 'ava'
import { SlipwayError } from '../../src/problem/index.ts'
import { ADDON_NAMES } from '../../src/sandbox/addons.ts'
import { parseAddons, up } from '../../src/sandbox/index.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { ownSandbox } from '../support/sandbox.ts'

/** Kinds of others, whose definitions the sandbox brings by itself. */

// The version that manifests of today name.
const KINDS = [
  ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
  ['gateway.networking.k8s.io/v1', 'GRPCRoute'],
  ['gateway.networking.k8s.io/v1', 'Gateway'],
  ['keda.sh/v1alpha1', 'ScaledObject'],
  ['keda.sh/v1alpha1', 'ScaledJob'],
  ['monitoring.coreos.com/v1', 'ServiceMonitor'],
  ['monitoring.coreos.com/v1', 'PodMonitor'],
  ['monitoring.coreos.com/v1', 'PrometheusRule'],
  ['external-secrets.io/v1', 'ExternalSecret'],
  ['external-secrets.io/v1', 'SecretStore'],
] as const

test('P3 · definitions of add-ons are installed, checked by the server, and can be added to a sandbox that runs', async t => {
  t.timeout(300_000)
  const sandbox = await ownSandbox(t, { addons: ['gateway-api'] })
  const kubectl = kubectlFor(sandbox)
  t.deepEqual(sandbox.addons, ['gateway-api'])
  await t.throwsAsync(kubectl('get', 'scaledobjects'))

  const { name, kubeconfig } = sandbox
  const grown = await up({ name, kubeconfig, addons: ADDON_NAMES })
  t.deepEqual(grown.addons, [...ADDON_NAMES])
  const lines = (await kubectl('api-resources', '--no-headers')).split('\n')
  const served = lines.map(line => line.trim().split(/\s+/))
  for (const [apiVersion, kind] of KINDS) {
    t.true(
      served.some(words => words.includes(apiVersion) && words.at(-1) === kind),
      `${apiVersion} ${kind}`,
    )
  }
  await kubectl.apply(route(8000))
  // Only the schema can tell this one from the one before.
  await t.throwsAsync(kubectl.apply(route(80_000)))
})

function route(port: number): object {
  const backendRefs = [{ name: 'chat-svc', port }]
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'chat', namespace: 'default' },
    spec: { parentRefs: [{ name: 'public' }], rules: [{ backendRefs }] },
  }
}

test('a list of add-ons names them once, in the order of the catalogue; an unknown one is refused', t => {
  t.deepEqual(parseAddons('keda, gateway-api,keda'), ['gateway-api', 'keda'])
  const error = t.throws(() => parseAddons('keda,istio'), { instanceOf: SlipwayError })
  t.is(error?.problems[0]?.message, 'there is no add-on "istio"')
  t.regex(error?.problems[0]?.remedy ?? '', /gateway-api, keda, prometheus, external-secrets/)
})
