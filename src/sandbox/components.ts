import { failure } from '../problem/index.ts'
import type { Component } from './cluster.ts'
import { startStopped, waitUntilServing } from './cluster.ts'
import { checkKserve, chooseKservePorts, haltKserve, runKserve } from './kserve.ts'
import { DEFAULT_NAME, stateDirectoryOf } from './places.ts'
import { killProcesses } from './processes.ts'
import type { SandboxRecord } from './record.ts'
import { readRecord, writeRecord } from './record.ts'

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

/** Starts the components that do not run, with the same data and ports, and waits until the API server serves. */
export async function startComponents({
  name = DEFAULT_NAME,
  signal,
}: { name?: string; signal?: AbortSignal } = {}): Promise<void> {
  const { kubectl, kwokctl } = recordOf(name)
  await startStopped({ name, kubectl, kwokctl, signal })
  await waitUntilServing({ kubectl, stateDirectory: stateDirectoryOf(name) }, signal)
}

/** Stops KServe's controller and leaves its webhooks, which is how a dead controller is played. */
export async function stopKserve({ name = DEFAULT_NAME }: { name?: string } = {}): Promise<void> {
  const { kserve } = recordOf(name)
  if (kserve !== undefined) await haltKserve(stateDirectoryOf(name), kserve.directory)
}

/** Starts KServe's controller again, on the same ports; installs KServe where it was not yet. */
export async function startKserve({
  name = DEFAULT_NAME,
  kserveDirectory,
  signal,
}: { name?: string; kserveDirectory?: string; signal?: AbortSignal } = {}): Promise<void> {
  const record = recordOf(name)
  record.kserve ??= await chooseKservePorts(checkKserve(kserveDirectory))
  const own = { kubectl: record.kubectl, stateDirectory: stateDirectoryOf(name) }
  await runKserve(own, record.kserve, signal)
  writeRecord(record)
}

function recordOf(name: string): SandboxRecord {
  const record = readRecord(name)
  if (record !== undefined) return record
  throw failure('sandbox', `there is no sandbox "${name}"`, { remedy: 'Run `slipway sandbox up`.' })
}
