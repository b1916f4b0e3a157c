import { failure } from '../problem/index.ts'
import type { Component } from './cluster.ts'
import { COMPONENTS, componentsOf, startStopped, waitUntilServing } from './cluster.ts'
import { haltKserve, startManager } from './kserve/manager.ts'
import { DEFAULT_NAME, stateDirectoryOf } from './places.ts'
import { killProcesses } from './processes.ts'
import type { SandboxRecord } from './record.ts'
import { readRecord } from './record.ts'

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

/** Stops KServe's controller and leaves its webhooks, which is how a dead controller is played. */
export async function stopKserve({ name = DEFAULT_NAME }: { name?: string } = {}): Promise<void> {
  recordOf(name)
  await haltKserve(stateDirectoryOf(name))
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
