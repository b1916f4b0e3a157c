import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { failure } from '../problem/index.ts'
import { findExecutable, runCommand } from './command.ts'
import type { Kubectl } from './kubectl.ts'
import { adminKubeconfig, kubectlEnvironment } from './kubectl.ts'
import { findFreePorts } from './ports.ts'
import { killProcesses, processesOf } from './processes.ts'
import type { KserveRecord } from './record.ts'

const TOOLS = ['bash', 'curl', 'openssl', 'python3', 'setsid', 'zstd']
const STOP_TIMEOUT_SECONDS = 10

/**
 * The folder that KServe is started from: the given one, or SLIPWAY_KSERVE_DIR. Throws, before anything is started, when
 * there is none or when a tool that its scripts need is missing.
 */
export function checkKserve(directory: string | undefined): string {
  const folder = directory ?? process.env['SLIPWAY_KSERVE_DIR'] ?? ''
  if (folder === '') throw noFolder('no KServe folder is given')
  const scripts = ['start.sh', 'stop.sh'].map(script => path.join(folder, script))
  const missing = scripts.find(script => !existsSync(script))
  if (missing !== undefined) throw noFolder(`there is no ${missing}`)
  const tools = TOOLS.filter(tool => findExecutable(tool) === undefined)
  if (tools.length === 0) return path.resolve(folder)
  throw failure('sandbox', `KServe's start.sh needs ${tools.join(', ')}`, {
    remedy: `Install ${tools.join(', ')} with the system's package manager.`,
  })
}

function noFolder(message: string) {
  return failure('sandbox', message, {
    remedy:
      'Name the folder with --kserve or SLIPWAY_KSERVE_DIR. It holds KServe v0.16.0, built from its sources, with ' +
      'start.sh and stop.sh: docs/sandbox.md tells its layout.',
  })
}

export async function chooseKservePorts(directory: string): Promise<KserveRecord> {
  const [webhookPort = 0, probePort = 0] = await findFreePorts(2)
  return { directory, webhookPort, probePort }
}

/** start.sh may be run again, and must be when `kubectl wait` meets a definition that has no status yet. */
const START_TIMEOUT_SECONDS = 60
const PAUSE_MS = 500

/** Installs KServe's definitions and starts its controller; does nothing when it is running. */
export async function runKserve(
  kubectl: Kubectl,
  kserve: KserveRecord,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_SECONDS * 1000
  for (;;) {
    try {
      return await startOnce(kubectl, kserve, signal)
    } catch (error) {
      if (signal?.aborted === true || Date.now() > deadline) throw error
    }
    await sleep(PAUSE_MS, undefined, { signal })
  }
}

async function startOnce(
  kubectl: Kubectl,
  { directory, webhookPort, probePort }: KserveRecord,
  signal: AbortSignal | undefined,
): Promise<void> {
  await runCommand({
    file: 'bash',
    args: [
      path.join(directory, 'start.sh'),
      adminKubeconfig(kubectl.stateDirectory),
      folderOf(kubectl.stateDirectory),
    ],
    env: {
      ...kubectlEnvironment(kubectl),
      KSERVE_WEBHOOK_PORT: String(webhookPort),
      KSERVE_PROBE_PORT: String(probePort),
    },
    group: true,
    signal,
  })
}

/** Stops the controller only: its webhooks stay, so that every write to an InferenceService is refused. */
export async function haltKserve(stateDirectory: string, directory: string): Promise<void> {
  const script = path.join(directory, 'stop.sh')
  await runCommand({ file: 'bash', args: [script, folderOf(stateDirectory)] })
  const deadline = Date.now() + STOP_TIMEOUT_SECONDS * 1000
  while (isKserveRunning(stateDirectory) && Date.now() < deadline) await sleep(50)
  await killProcesses(stateDirectory, ({ name }) => name === MANAGER)
}

const MANAGER = 'manager'

export function isKserveRunning(stateDirectory: string): boolean {
  return processesOf(stateDirectory).some(({ name }) => name === MANAGER)
}

// start.sh unpacks the controller here, so its process is found like every other one of the sandbox.
function folderOf(stateDirectory: string): string {
  return path.join(stateDirectory, 'kserve')
}
