import { readFileSync, readdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import type { KubeObject } from '../../src/object/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { findFreePorts } from '../../src/sandbox/ports.ts'
import { startKserve, stopKserve } from '../support/sandbox-trouble.ts'
import { kubectlFor, type Kubectl } from '../support/kubectl.ts'
import { eventually } from '../support/scene.ts'
import { buildEngine } from './binaries.ts'
import { playIngress } from './knative-ingress.ts'
import { anEngine } from './start.ts'

/**
 * Knative Serving's controllers, autoscaler and webhook at work on a sandbox that has KServe. Two things are played, as pods are: the network
 * layer, which would lead requests in, and the proxies in the pods, which would count them; they count none.
 */

export interface Knative {
  logs: () => string
  stop: () => void
}

const SYSTEM = 'knative-serving'

/** What differs from Knative's own release, which has no ingress class of its own either. */
const SETTINGS: Record<string, Record<string, string>> = {
  'config-deployment': {
    'queue-sidecar-image': 'registry.example.com/knative/queue:v1',
    'registries-skipping-tag-resolving': 'registry.example.com',
  },
  'config-network': { 'ingress-class': 'played' },
  'config-domain': { 'example.com': '' },
  // To zero in seconds; the activator is always between, so that nobody has to reach it first.
  'config-autoscaler': {
    'stable-window': '10s',
    'scale-to-zero-grace-period': '6s',
    'target-burst-capacity': '-1',
  },
}

export async function startKnative(sandbox: Sandbox): Promise<Knative> {
  const { binary, sources } = await buildEngine('knative')
  const kubectl = kubectlFor(sandbox)
  const modules = ['serving', 'networking', 'caching'].map(name => sources(`knative.dev/${name}`))
  const [serving = '', networking = '', caching = ''] = await Promise.all(modules)
  // KServe looks for Knative when it starts.
  await stopKserve(sandbox)
  await install(kubectl, { serving, networking, caching })
  await putCertificate(sandbox, kubectl)
  const counts = await noRequests()
  const { start, logs } = anEngine(sandbox, 'knative', binary)
  const [webhookPort = 0, ...profiling] = await findFreePorts(4)
  const env = {
    SYSTEM_NAMESPACE: SYSTEM,
    POD_NAME: 'played',
    // In an Endpoints, which refuses loopback addresses.
    POD_IP: '192.0.2.1',
    CONFIG_LOGGING_NAME: 'config-logging',
    CONFIG_OBSERVABILITY_NAME: 'config-observability',
  }
  const more: Record<string, Record<string, string>> = {
    controller: {},
    autoscaler: { HTTP_PROXY: `http://127.0.0.1:${(counts.address() as AddressInfo).port}` },
    webhook: { WEBHOOK_NAME: 'webhook', WEBHOOK_PORT: String(webhookPort) },
  }
  Object.entries(more).forEach(([name, own], index) =>
    start(name, [], { ...env, ...own, PROFILING_PORT: String(profiling[index]) }),
  )
  await eventually(() => isListening(webhookPort))
  const webhooks = webhooksOf(serving, sandbox, webhookPort)
  for (const webhook of webhooks)
    // oxlint-disable-next-line no-await-in-loop
    await kubectl.apply(webhook)
  const ingress = playIngress(sandbox)
  await startKserve(sandbox)
  return {
    logs,
    stop: () => {
      ingress.stop()
      counts.close()
    },
  }
}

interface Sources {
  serving: string
  networking: string
  caching: string
}

async function install(kubectl: Kubectl, { serving, networking, caching }: Sources) {
  const core = join(serving, 'config', 'core')
  const definitions = [
    join(core, '300-resources'),
    ...['ingress', 'serverlessservice', 'certificate', 'domain-claim'].map(name =>
      join(networking, 'config', `${name}.yaml`),
    ),
    join(caching, 'config', 'image.yaml'),
  ]
  await kubectl('apply', '--server-side', ...definitions.flatMap(each => ['-f', each]))
  await kubectl('wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s')
  await kubectl('create', 'namespace', SYSTEM)
  const files = [
    ...yamlFiles(join(core, 'configmaps')),
    join(networking, 'config', 'config-network.yaml'),
  ]
  for (const object of [...files.map(configured), ...activator(core)])
    // oxlint-disable-next-line no-await-in-loop
    await kubectl.apply(object)
}

const yamlFiles = (folder: string) =>
  readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .map(name => join(folder, name))

interface ConfigMap extends KubeObject {
  data?: Record<string, string>
}

/** Without the text of examples, and what is a checksum of it. */
function configured(file: string): object {
  const { metadata, data = {}, ...rest } = parse(readFileSync(file, 'utf8')) as ConfigMap
  const { _example, ...own } = data
  const { name, namespace, labels } = metadata
  return { ...rest, metadata: { name, namespace, labels }, data: { ...own, ...SETTINGS[name] } }
}

interface Deployed extends KubeObject {
  spec?: { template?: { spec?: Record<string, unknown> } }
}

/** Nobody asks it anything: what counts is that it is there. */
function activator(core: string): object[] {
  const text = readFileSync(join(core, 'deployments', 'activator.yaml'), 'utf8')
  const objects = parseAllDocuments(text).map(document => document.toJS() as Deployed | null)
  return objects.flatMap(object => {
    if (object === null) return []
    const pod = object.spec?.template?.spec
    delete pod?.['serviceAccountName']
    return object
  })
}

/** Knative's webhook takes the certificate that it finds, where it is valid; this one is for 127.0.0.1. */
async function putCertificate(sandbox: Sandbox, kubectl: Kubectl): Promise<void> {
  const data = {
    'server-cert.pem': materialOf(sandbox, 'admin.crt'),
    'server-key.pem': materialOf(sandbox, 'admin.key'),
    'ca-cert.pem': materialOf(sandbox, 'ca.crt'),
  }
  const metadata = { name: 'webhook-certs', namespace: SYSTEM }
  await kubectl.apply({ apiVersion: 'v1', kind: 'Secret', metadata, data })
}

const materialOf = ({ stateDirectory }: Sandbox, name: string) =>
  readFileSync(join(stateDirectory, 'pki', name)).toString('base64')

interface WebhookConfiguration extends KubeObject {
  webhooks: object[]
}

const PATHS: Record<string, string> = {
  'defaulting.yaml': '/defaulting',
  'resource-validation.yaml': '/resource-validation',
}

/** At an address of this machine instead of a Service. */
function webhooksOf(serving: string, sandbox: Sandbox, port: number): object[] {
  return Object.entries(PATHS).map(([file, path]) => {
    const text = readFileSync(join(serving, 'config', 'core', 'webhooks', file), 'utf8')
    const { webhooks, ...configuration } = parse(text) as WebhookConfiguration
    const caBundle = materialOf(sandbox, 'ca.crt')
    const clientConfig = { url: `https://127.0.0.1:${port}${path}`, caBundle }
    return { ...configuration, webhooks: webhooks.map(each => ({ ...each, clientConfig })) }
  })
}

/** Answers for the proxy of every pod: an empty message of Knative's `Stat` (pkg/autoscaler/metrics/stat.proto) counts no requests. */
async function noRequests(): Promise<Server> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/protobuf')
    response.end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return server
}

function isListening(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
