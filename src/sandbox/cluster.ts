import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseDocument, type Document } from 'yaml'
import { failure } from '../problem/index.ts'
import { runCommand } from './command.ts'
import type { BinaryPaths } from './control-plane.ts'
import { reasonOf } from './errors.ts'
import {
  adminKubeconfig,
  applyOwn,
  kubectlEnvironment,
  runKubectl,
  type Kubectl,
} from './kubectl.ts'
import { materialFolder, stateDirectoryOf, stateFolder } from './places.ts'
import { findFreePorts } from './ports.ts'
import { killProcesses, processesOf, type SandboxProcess } from './processes.ts'

/** What runs in every sandbox. */
export const COMPONENTS = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok-controller',
] as const
export type Component = (typeof COMPONENTS)[number]

/** Options of kwokctl's configuration. */
const PORTS = [
  'etcdPort',
  'etcdPeerPort',
  'kubeApiserverPort',
  'kubeControllerManagerPort',
  'kubeSchedulerPort',
  'kwokControllerPort',
]

const START_TIMEOUT_SECONDS = 120

export interface CreateOptions {
  name: string
  binaries: BinaryPaths
  /** Changes kwokctl's configuration before the start. */
  configure?: ((configuration: Document) => void) | undefined
  signal?: AbortSignal | undefined
}

/** Starts the control plane and waits until it serves. The caller cleans up when it throws. */
export async function createCluster(options: CreateOptions): Promise<void> {
  const { name, binaries, configure, signal } = options
  const kubectl = { kubectl: binaries.kubectl, stateDirectory: stateDirectoryOf(name) }
  await writeConfiguration(kubectl.stateDirectory, configure)
  const { kwokctl } = binaries
  const components = [
    // The user's kubeconfig is not kwokctl's business: it would rewrite it and switch the context.
    ['--kubeconfig='],
    ['--etcd-binary', binaries.etcd],
    ['--kube-apiserver-binary', binaries['kube-apiserver']],
    ['--kube-controller-manager-binary', binaries['kube-controller-manager']],
    ['--kube-scheduler-binary', binaries['kube-scheduler']],
    ['--kwok-controller-binary', binaries.kwok],
  ].flat()
  await runKwokctl({ name, kubectl: binaries.kubectl, kwokctl, signal }, 'create', components)
  // Instead of kwokctl's --wait, which looks twice a second and goes on in silence when it was in vain.
  await waitUntilServing(kubectl, signal)
}

/** kwokctl would take the next free port below 32767, as every other kwokctl on this machine does at the same moment. */
async function writeConfiguration(
  stateDirectory: string,
  configure: CreateOptions['configure'],
): Promise<void> {
  const template = readFileSync(path.join(materialFolder(), 'kwokctl.yaml'), 'utf8')
  const configuration = parseDocument(template)
  const ports = await findFreePorts(PORTS.length)
  PORTS.forEach((option, index) => configuration.setIn(['options', option], ports[index]))
  configure?.(configuration)
  mkdirSync(stateDirectory, { recursive: true, mode: 0o700 })
  writeFileSync(configurationFile(stateDirectory), configuration.toString())
}

function configurationFile(stateDirectory: string): string {
  return path.join(stateDirectory, 'kwokctl.yaml')
}

export async function waitUntilServing(kubectl: Kubectl, signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_SECONDS * 1000
  for (;;) {
    try {
      await runKubectl(kubectl, ['get', '--raw', '/readyz'], { signal })
      return
    } catch (error) {
      signal?.throwIfAborted()
      if (!isAlive(kubectl.stateDirectory, 'kube-apiserver')) throw hasEnded(kubectl)
      if (Date.now() > deadline) throw notServing(error)
    }
    await sleep(100, undefined, { signal })
  }
}

function isAlive(stateDirectory: string, component: Component): boolean {
  return componentsOf(stateDirectory).some(({ name }) => name === component)
}

function hasEnded({ stateDirectory }: Kubectl) {
  const log = path.join(stateDirectory, 'logs', 'kube-apiserver.log')
  const [last = ''] = readFileSync(log, 'utf8').trim().split('\n').slice(-1)
  return failure('sandbox', 'the API server ended while it was starting', { cause: last })
}

function notServing(error: unknown) {
  const message = `the API server did not start in ${START_TIMEOUT_SECONDS} s`
  return failure('sandbox', message, { cause: reasonOf(error), error })
}

/** Stages, troubles and nodes; then waits until pods can be scheduled. */
export async function furnishCluster({ name, binaries, signal }: CreateOptions): Promise<void> {
  const kubectl = { kubectl: binaries.kubectl, stateDirectory: stateDirectoryOf(name) }
  const files = ['stages', 'trouble', 'nodes.yaml'].flatMap(file => [
    '-f',
    path.join(materialFolder(), file),
  ])
  // It looked for its definitions before they were there and now waits longer and longer before it looks again.
  await killProcesses(kubectl.stateDirectory, process => process.name === 'kwok-controller')
  const timeout = `--timeout=${START_TIMEOUT_SECONDS}s`
  await runKubectl(kubectl, ['wait', '--for=condition=Established', 'crd', '--all', timeout], {
    signal,
  })
  await applyOwn(kubectl, files, { signal })
  await startStopped({ name, kubectl: binaries.kubectl, kwokctl: binaries.kwokctl, signal })
  await waitForNodes(kubectl, signal)
  await runKubectl(kubectl, ['wait', '--for=create', 'serviceaccount/default', timeout], { signal })
}

// kwok passes over a node that it sees before it has read all stages, until the node changes.
async function waitForNodes(kubectl: Kubectl, signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_SECONDS * 1000
  for (let attempt = 1; ; attempt += 1) {
    try {
      const args = ['wait', '--for=condition=Ready', 'nodes', '--all', '--timeout=2s']
      await runKubectl(kubectl, args, { signal })
      return
    } catch (error) {
      if (signal?.aborted === true || Date.now() > deadline) throw error
    }
    const seen = `sandbox.slipway.dev/attempt=${attempt}`
    await runKubectl(kubectl, ['annotate', 'nodes', '--all', '--overwrite', seen], { signal })
  }
}

export interface StartOptions {
  name: string
  kubectl: string
  kwokctl: string
  signal?: AbortSignal | undefined
}

/** Starts the components that do not run, with the same data and ports. */
export async function startStopped(options: StartOptions): Promise<void> {
  forgetDead(stateDirectoryOf(options.name))
  await runKwokctl(options, 'start', [])
}

/** Once the sandbox is there its configuration is not read again; it tells whose process this is. */
async function runKwokctl(
  { name, kubectl, kwokctl, signal }: StartOptions,
  verb: 'create' | 'start',
  args: readonly string[],
): Promise<void> {
  const stateDirectory = stateDirectoryOf(name)
  await runCommand({
    file: kwokctl,
    args: [verb, 'cluster', '--name', name, '--config', configurationFile(stateDirectory), ...args],
    env: { ...kubectlEnvironment({ kubectl, stateDirectory }), KWOK_WORKDIR: stateFolder() },
    signal,
  })
}

/** Ends a component and starts it anew, so that it looks at the cluster with fresh eyes. */
export async function restartComponent(component: Component, options: StartOptions): Promise<void> {
  await killProcesses(stateDirectoryOf(options.name), process => process.name === component)
  await startStopped(options)
}

// kwokctl takes a component for running while its process id exists, be it a zombie or somebody else's.
function forgetDead(stateDirectory: string): void {
  const alive = new Set(componentsOf(stateDirectory).map(component => component.name))
  for (const component of COMPONENTS.filter(each => !alive.has(each))) {
    rmSync(path.join(stateDirectory, 'pids', `${component}.pid`), { force: true })
  }
}

export function componentsOf(stateDirectory: string): SandboxProcess[] {
  const names: readonly string[] = COMPONENTS
  return processesOf(stateDirectory).filter(({ name }) => names.includes(name))
}

export function serverOf(stateDirectory: string): string {
  const kubeconfig = parseDocument(readFileSync(adminKubeconfig(stateDirectory), 'utf8'))
  return String(kubeconfig.getIn(['clusters', 0, 'cluster', 'server']))
}
