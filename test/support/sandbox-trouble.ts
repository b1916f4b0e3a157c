import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { failure } from '../../src/problem/index.ts'
import {
  COMPONENTS,
  componentsOf,
  startStopped,
  waitUntilServing,
  type Component,
} from '../../src/sandbox/cluster.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { startManager } from '../../src/sandbox/kserve/manager.ts'
import { applyOwn } from '../../src/sandbox/kubectl.ts'
import { DEFAULT_NAME, stateDirectoryOf } from '../../src/sandbox/places.ts'
import { killProcesses } from '../../src/sandbox/processes.ts'
import { readRecord, type SandboxRecord } from '../../src/sandbox/record.ts'

/** What tests do to a sandbox: trouble, and a look at all there are. */

/** The names of all sandboxes of this user, broken ones included. */
export function list(): string[] {
  const clusters = path.dirname(stateDirectoryOf(DEFAULT_NAME))
  return existsSync(clusters) ? readdirSync(clusters).toSorted() : []
}

/** Kills one component, as in a crash: without the API server every request fails until `startComponents`. */
export async function stopComponent({
  name = DEFAULT_NAME,
  component,
}: {
  name?: string
  component: Component
}): Promise<void> {
  recordOf(name)
  await killProcesses(stateDirectoryOf(name), process => process.name === component)
}

/**
 * Starts the components that do not run, with the same data and ports, and waits until the API server serves. A controller
 * manager that was itself starting gives up after 10 s without an API server; it is started again.
 */
export async function startComponents({
  name = DEFAULT_NAME,
  signal,
}: { name?: string; signal?: AbortSignal } = {}): Promise<void> {
  const { kubectl, kwokctl } = recordOf(name)
  const stateDirectory = stateDirectoryOf(name)
  const areAlive = () => componentsOf(stateDirectory).length === COMPONENTS.length
  do {
    if (!areAlive()) await startStopped({ name, kubectl, kwokctl, signal })
    await waitUntilServing({ kubectl, stateDirectory }, signal)
  } while (!areAlive())
}

/** Stops KServe's controller and leaves its webhooks, so that every write to an InferenceService is refused: a dead controller. */
export async function stopKserve({ name = DEFAULT_NAME }: { name?: string } = {}): Promise<void> {
  recordOf(name)
  await killProcesses(stateDirectoryOf(name), process => process.name === 'manager')
}

/** Starts KServe's controller again, on the same ports. */
export async function startKserve({
  name = DEFAULT_NAME,
  signal,
}: { name?: string; signal?: AbortSignal } = {}): Promise<void> {
  const { kserve } = recordOf(name)
  if (kserve !== undefined) await startManager(stateDirectoryOf(name), kserve, signal)
}

function recordOf(name: string): SandboxRecord {
  const record = readRecord(name)
  if (record !== undefined) return record
  throw failure('sandbox', `there is no sandbox "${name}"`, { remedy: 'Run `slipway sandbox up`.' })
}

/** Makes these lines the logs of all containers of a namespace's pods; `previous` those of the instance before. */
export async function writePodLogs(
  sandbox: Sandbox,
  { namespace, lines, previous = [] }: { namespace: string; lines: string[]; previous?: string[] },
): Promise<void> {
  const folder = path.join(sandbox.stateDirectory, 'pod-logs')
  mkdirSync(folder, { recursive: true })
  const logsFile = path.join(folder, `${namespace}.log`)
  const previousLogsFile = path.join(folder, `${namespace}.previous.log`)
  writeFileSync(logsFile, asContainerLog(lines))
  writeFileSync(previousLogsFile, asContainerLog(previous))
  await applyOwn(sandbox, ['--force-conflicts', '-f', '-'], {
    input: JSON.stringify({
      apiVersion: 'kwok.x-k8s.io/v1alpha1',
      kind: 'ClusterLogs',
      metadata: { name: `slipway-logs-${namespace}` },
      spec: {
        selector: { matchNamespaces: [namespace] },
        logs: [{ logsFile, previousLogsFile }],
      },
    }),
  })
}

// The form in which container runtimes keep logs: time, stream, F for a full line, text.
function asContainerLog(lines: readonly string[]): string {
  const time = new Date().toISOString().replace('Z', '000000Z')
  return lines.map(line => `${time} stdout F ${line}\n`).join('')
}
