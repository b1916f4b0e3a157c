import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { AddonName } from './addons.ts'
import { createCluster, furnishCluster, serverOf, type CreateOptions } from './cluster.ts'
import { checkAsked, checkRunning, wantsKserve } from './asked-versions.ts'
import { findControlPlane, type ControlPlane } from './control-plane.ts'
import { lockOf, removeSandbox } from './down.ts'
import { findKserve } from './kserve/install.ts'
import { entryOf, publishContext } from './kubeconfig/publish.ts'
import { withLock } from './lock.ts'
import { checkName, contextOf, DEFAULT_NAME, stateDirectoryOf, stateFolder } from './places.ts'
import { addParts } from './parts.ts'
import { withPorts } from './ports.ts'
import { readRecord, writeRecord, type SandboxRecord } from './record.ts'
import { sandboxOf, type Sandbox } from './sandbox.ts'
import { status } from './status.ts'

export interface UpOptions {
  name?: string | undefined
  /** Such as 1.37 or 1.37.2; without it the default, or whatever runs already. */
  kubernetes?: string | undefined
  /** Install KServe and run its controller: of this version, or, when true, of the default or of that which is there. */
  kserve?: string | boolean | undefined
  /** Install the definitions of these add-ons; none of their controllers. */
  addons?: readonly AddonName[] | undefined
  /** Write the context into this file instead of the user's kubeconfig. */
  kubeconfig?: string | undefined
  /** Changes the configuration that kwokctl starts a new sandbox with: flags of components, an audit policy. */
  configure?: CreateOptions['configure']
  signal?: AbortSignal | undefined
  onProgress?: ((message: string) => void) | undefined
}

/**
 * Starts a sandbox, or says that it is running already. Leftovers of one that was not brought down are removed first, and so is
 * everything of this one when the start fails or is interrupted by the signal.
 */
export async function up(options: UpOptions = {}): Promise<Sandbox> {
  const name = checkName(options.name ?? DEFAULT_NAME)
  const onProgress = options.onProgress ?? (() => {})
  const start: Start = { ...options, name, onProgress }
  checkAsked(start)
  const onWait = (pid: number) => onProgress(`waiting for process ${pid}, which is working on it`)
  return await withLock(lockOf(name), { signal: options.signal, onWait }, async () => {
    const { state } = status({ name })
    if (state === 'running') return await keepRunning(start)
    if (state === 'broken') onProgress(`removing what is left of an earlier sandbox "${name}"`)
    await removeSandbox(name)
    return await startNew(start)
  })
}

interface Start extends UpOptions {
  name: string
  onProgress: (message: string) => void
}

async function keepRunning(start: Start): Promise<Sandbox> {
  start.onProgress(`sandbox "${start.name}" is running already`)
  const record = readRecord(start.name)
  if (record === undefined) return await startNew(start)
  checkRunning(start, record)
  await addParts(record, start)
  await publish(record, start.kubeconfig)
  return sandboxOf(record)
}

async function startNew(start: Start): Promise<Sandbox> {
  const { name, configure, signal, onProgress } = start
  const controlPlane = await findControlPlane(start.kubernetes, start)
  // Built before anything is started: that takes minutes.
  if (wantsKserve(start)) await findKserve(start.kserve, start)
  const { binaries } = controlPlane
  const started = Date.now()
  try {
    onProgress(`starting sandbox "${name}"`)
    await withPorts(signal, () => createCluster({ name, binaries, configure, signal }))
    await furnishCluster({ name, binaries, signal })
    const record = newRecord(name, controlPlane)
    await addParts(record, start)
    await publish(record, start.kubeconfig)
    onProgress(`sandbox "${name}" is up after ${((Date.now() - started) / 1000).toFixed(1)} s`)
    return sandboxOf(record)
  } catch (error) {
    if (signal?.aborted !== true)
      onProgress(`the logs of the failed start are in ${keepLogs(name)}`)
    await removeSandbox(name)
    throw error
  }
}

// The sandbox's folder goes away with them in it.
function keepLogs(name: string): string {
  const kept = path.join(stateFolder(), `${name}.failed-logs`)
  rmSync(kept, { recursive: true, force: true })
  mkdirSync(kept, { recursive: true })
  for (const logs of ['logs', 'kserve/manager.log']) {
    const from = path.join(stateDirectoryOf(name), logs)
    if (existsSync(from)) cpSync(from, path.join(kept, path.basename(logs)), { recursive: true })
  }
  return kept
}

function newRecord(name: string, { kubernetes, binaries }: ControlPlane): SandboxRecord {
  const { kubectl, kwokctl } = binaries
  const server = serverOf(stateDirectoryOf(name))
  return { name, server, kubernetes, kubectl, kwokctl, kubeconfigs: [] }
}

async function publish(record: SandboxRecord, kubeconfig: string | undefined): Promise<void> {
  const { name, server } = record
  const entry = entryOf(contextOf(name), stateDirectoryOf(name), server)
  const published = await publishContext(entry, kubeconfig)
  // The state before the first publication is the one to go back to.
  const known = record.kubeconfigs.find(({ file }) => file === published.file)
  const others = record.kubeconfigs.filter(({ file }) => file !== published.file)
  record.kubeconfigs = [...others, known ?? published]
  writeRecord(record)
}
