import anyTest, { type TestFn } from 'ava'
import { SlipwayError } from '../../src/problem/index.ts'
import { ADDON_NAMES } from '../../src/sandbox/addons.ts'
import { parseAddons, up, type Sandbox } from '../../src/sandbox/index.ts'
import { deployedProject, type DeployedProject } from '../support/deployed-project.ts'
import { findings } from '../support/doctor-findings.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Kinds of others, whose definitions the sandbox brings by itself, and what slipway does with them. */

type Context = { sandbox: Sandbox }
const test = anyTest as TestFn<Context>
const { serial } = sandboxTest({ addons: ['gateway-api'] })

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

serial(
  'P3 · definitions of add-ons are installed, checked by the server, and can be added to a sandbox that runs',
  async t => {
    t.timeout(300_000)
    const { sandbox } = t.context
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
  },
)

function route(port: number): object {
  const backendRefs = [{ name: 'chat-svc', port }]
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'chat', namespace: 'default' },
    spec: { parentRefs: [{ name: 'public' }], rules: [{ backendRefs }] },
  }
}

const HOST = 'chat.example.com'
const INGRESS = `  ingress: {host: ${HOST}, className: nginx}\n`

serial('W2 · an endpoint keeps its Ingress until its gateway has accepted the route', async t => {
  t.timeout(300_000)
  const project = await deployedProject(t, { chat: INGRESS })
  const { expect, edit, commit, kubectl, namespace } = project
  await expect(0, 'apply', '--yes')
  await kubectl.apply(gateway(namespace))
  const routed = `  route: {host: ${HOST}, gateway: {name: shared, section: http}, timeout: 0s}\n`
  await edit('endpoints/chat.yaml', INGRESS, routed)
  await commit('Through the gateway')

  const found = await findings(project, 0)
  t.is(found[`gateway ${namespace}/shared`]?.state, 'warning')
  t.is(found['hosts']?.state, 'ok')

  const applying = project.slipway('apply', '--yes')
  await reported(project, REFUSED)
  const refused = await applying
  t.is(refused.code, 1, refused.stderr)
  t.regex(refused.stderr, /NotAllowedByListeners/)
  t.truthy(await kubectl.get('ingress', 'chat-ingress', namespace))

  await reported(project, TAKEN)
  await expect(0, 'apply', '--yes')
  t.is(await kubectl.get('ingress', 'chat-ingress', namespace), undefined)
  const { stdout } = await expect(0, 'status', '-o', 'json')
  t.regex(stdout, /"address": "http:\/\/chat\.example\.com\/"/)
  const { stdout: again } = await expect(0, 'diff', '-o', 'json')
  t.regex(again, /"endpoints": \[\]/)

  await kubectl.apply(othersIngress(namespace))
  const clash = (await findings(project, 0))[`host ${HOST}/`]
  t.regex(
    clash?.message ?? '',
    /HTTPRoute\/.*\/chat-route claims it, and so does Ingress\/.*\/other/,
  )
})

function gateway(namespace: string): object {
  const listeners = [{ name: 'http', port: 80, protocol: 'HTTP' }]
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'shared', namespace },
    spec: { gatewayClassName: 'example', listeners },
  }
}

function othersIngress(namespace: string): object {
  const service = { name: 'other', port: { number: 80 } }
  const paths = [{ path: '/', pathType: 'Prefix', backend: { service } }]
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'other', namespace },
    spec: { rules: [{ host: HOST, http: { paths } }] },
  }
}

const REFUSED = { Accepted: ['False', 'NotAllowedByListeners'] }
const TAKEN = { Accepted: ['True', 'Accepted'], ResolvedRefs: ['True', 'ResolvedRefs'] }

/** As the gateway's controller would, once the route is there. */
async function reported(
  { kubectl, namespace }: DeployedProject,
  said: Record<string, readonly string[]>,
): Promise<void> {
  const wait = ['wait', '--for=create', 'httproute/chat-route', '-n', namespace, '--timeout=120s']
  await kubectl(...wait)
  const live = await kubectl.get('httproute', 'chat-route', namespace)
  const conditions = Object.entries(said).map(([type, [status, reason]]) => ({
    type,
    status,
    reason,
    message: `the listener says ${reason ?? ''}`,
    observedGeneration: live?.metadata.generation,
    lastTransitionTime: new Date().toISOString(),
  }))
  const group = 'gateway.networking.k8s.io'
  const parentRef = { group, kind: 'Gateway', namespace, name: 'shared', sectionName: 'http' }
  const parents = [{ parentRef, controllerName: 'example.com/gateway', conditions }]
  const patch = [
    '--subresource=status',
    '--type=merge',
    '-p',
    JSON.stringify({ status: { parents } }),
  ]
  await kubectl('patch', 'httproute', 'chat-route', '-n', namespace, ...patch)
}

test('a list of add-ons names them once, in the order of the catalogue; an unknown one is refused', t => {
  t.deepEqual(parseAddons('keda, gateway-api,keda'), ['gateway-api', 'keda'])
  const error = t.throws(() => parseAddons('keda,istio'), { instanceOf: SlipwayError })
  t.is(error?.problems[0]?.message, 'there is no add-on "istio"')
  t.regex(error?.problems[0]?.remedy ?? '', /gateway-api, keda, prometheus, external-secrets/)
})
