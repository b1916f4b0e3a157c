import { spawn } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { failure } from '../../problem/index.ts'
import { adminKubeconfig } from '../kubectl.ts'
import { processesOf } from '../processes.ts'
import type { KserveRecord } from '../record.ts'

const START_TIMEOUT_SECONDS = 60

/** KServe writes fields under its file's name, so this is what they are found by. */
const MANAGER = 'manager'

/** Starts KServe's controller and waits until its webhooks are served; does nothing when it runs. */
export async function startManager(
  stateDirectory: string,
  kserve: KserveRecord,
  signal?: AbortSignal,
): Promise<void> {
  if (!isKserveRunning(stateDirectory)) spawnManager(stateDirectory, kserve)
  await waitUntilReady(stateDirectory, kserve, signal)
}

function spawnManager(stateDirectory: string, { manager, webhookPort, probePort }: KserveRecord) {
  const folder = folderOf(stateDirectory)
  const log = openSync(logOf(stateDirectory), 'a')
  const args = [
    ['--webhook-port', String(webhookPort)],
    ['--health-probe-addr', `127.0.0.1:${probePort}`],
    ['--metrics-addr', '0'],
    ['--leader-elect=false'],
  ]
  const child = spawn(linkTo(manager, folder), args.flat(), {
    detached: true,
    env: {
      ...process.env,
      KUBECONFIG: adminKubeconfig(stateDirectory),
      POD_NAMESPACE: 'kserve',
      // Where it looks for its certificate: there is no flag for that.
      TMPDIR: putCertificate(stateDirectory, folder),
    },
    stdio: ['ignore', log, log],
  })
  // What is wrong with it, waiting will tell.
  child.on('error', () => {})
  child.unref()
  closeSync(log)
}

// Processes of a sandbox are known by an executable in its own folder.
function linkTo(manager: string, folder: string): string {
  const link = path.join(folder, MANAGER)
  mkdirSync(folder, { recursive: true })
  rmSync(link, { force: true })
  symlinkSync(manager, link)
  return link
}

// kwokctl has made one for 127.0.0.1, signed by the sandbox's own authority, which every component of it uses.
function putCertificate(stateDirectory: string, folder: string): string {
  const certificates = path.join(folder, 'tmp', 'k8s-webhook-server', 'serving-certs')
  mkdirSync(certificates, { recursive: true, mode: 0o700 })
  for (const [from, to] of [
    ['admin.crt', 'tls.crt'],
    ['admin.key', 'tls.key'],
  ] as const) {
    copyFileSync(path.join(stateDirectory, 'pki', from), path.join(certificates, to))
  }
  return path.join(folder, 'tmp')
}

async function waitUntilReady(
  stateDirectory: string,
  { probePort }: KserveRecord,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_SECONDS * 1000
  while (!(await isReady(probePort))) {
    signal?.throwIfAborted()
    if (!isKserveRunning(stateDirectory)) throw notReady(stateDirectory, 'ended')
    if (Date.now() > deadline) {
      throw notReady(stateDirectory, `was not ready in ${START_TIMEOUT_SECONDS} s`)
    }
    await sleep(50, undefined, { signal })
  }
}

async function isReady(probePort: number): Promise<boolean> {
  try {
    const url = `http://127.0.0.1:${probePort}/readyz`
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok
  } catch {
    return false
  }
}

function notReady(stateDirectory: string, what: string) {
  const lines = readFileSync(logOf(stateDirectory), 'utf8').trim().split('\n')
  return failure('sandbox', `KServe's controller ${what}`, { cause: lines.slice(-6).join('\n') })
}

export function isKserveRunning(stateDirectory: string): boolean {
  return processesOf(stateDirectory).some(({ name }) => name === MANAGER)
}

function folderOf(stateDirectory: string): string {
  return path.join(stateDirectory, 'kserve')
}

function logOf(stateDirectory: string): string {
  mkdirSync(folderOf(stateDirectory), { recursive: true })
  return path.join(folderOf(stateDirectory), 'manager.log')
}
