import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { findBinaries } from './binaries/find.ts'
import type { AddonName } from './addons/catalogue.ts'
import { installAddons } from './addons/install.ts'
import type { CreateOptions } from './cluster.ts'
import { createCluster, furnishCluster, restartComponent, serverOf } from './cluster.ts'
import { lockOf, removeSandbox } from './down.ts'
import { checkKserve, chooseKservePorts, runKserve } from './kserve.ts'
import { entryOf, publishContext } from './kubeconfig/publish.ts'
import { withLock } from './lock.ts'
import {
  cacheFolder,
  checkName,
  contextOf,
  DEFAULT_NAME,
  stateDirectoryOf,
  stateFolder,
} from './places.ts'
import type { SandboxRecord } from './record.ts'
import { readRecord, writeRecord } from './record.ts'
import type { Sandbox } from './sandbox.ts'
import { sandboxOf } from './sandbox.ts'
import { status } from './status.ts'

export interface UpOptions {
  name?: string | undefined
  /** Install KServe and run its controller. */
  kserve?: boolean | undefined
  /** The folder to start KServe from; implies `kserve`. Without it SLIPWAY_KSERVE_DIR is used. */
  kserveDirectory?: string | undefined
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
  const wantsKserve = options.kserve === true || options.kserveDirectory !== undefined
  const kserveDirectory = wantsKserve ? checkKserve(options.kserveDirectory) : undefined
  const start: Start = { ...options, name, onProgress, kserveDirectory }
  const onWait = (pid: number) => onProgress(`waiting for process ${pid}, which is at work on it`)
  return await withLock(lockOf(name), { signal: options.signal, onWait }, async () => {
    const { state } = status({ name })
    if (state === 'running') return await keepRunning(start)
    if (state === 'broken') onProgress(`removing what is left of an earlier sandbox "${name}"`)
    await removeSandbox(name)
    return await startNew(start)
  })
}

interface Start {
  name: string
  kserveDirectory: string | undefined
  addons?: readonly AddonName[] | undefined
  kubeconfig?: string | undefined
  configure?: CreateOptions['configure']
  signal?: AbortSignal | undefined
  onProgress: (message: string) => void
}

async function keepRunning(start: Start): Promise<Sandbox> {
  start.onProgress(`sandbox "${start.name}" is running already`)
  const record = readRecord(start.name)
  if (record === undefined) return await startNew(start)
  await addParts(record, start)
  await publish(record, start.kubeconfig)
  return sandboxOf(record)
}

async function startNew(start: Start): Promise<Sandbox> {
  const { name, configure, signal, onProgress } = start
  const binaries = await findBinaries({ signal, onProgress })
  const started = Date.now()
  try {
    onProgress(`starting sandbox "${name}"`)
    await withPorts(start, () => createCluster({ name, binaries, configure, signal }))
    await furnishCluster({ name, binaries, signal })
    const record = newRecord(name, binaries)
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

function newRecord(
  name: string,
  { kubectl, kwokctl }: Pick<SandboxRecord, 'kubectl' | 'kwokctl'>,
): SandboxRecord {
  return { name, server: serverOf(stateDirectoryOf(name)), kubectl, kwokctl, kubeconfigs: [] }
}

/** What stands on top of the control plane. */
async function addParts(record: SandboxRecord, start: Start): Promise<void> {
  const hasNewKinds = [await addAddons(record, start), await addKserve(record, start)].some(Boolean)
  const { name, kubectl, kwokctl } = record
  const { signal } = start
  // Its garbage collector would notice the new kinds only after 30 s; foreground deletions wait for that.
  if (hasNewKinds) {
    await restartComponent('kube-controller-manager', { name, kubectl, kwokctl, signal })
  }
}

async function addAddons(record: SandboxRecord, start: Start): Promise<boolean> {
  const installed = record.addons ?? []
  const added = (start.addons ?? []).filter(addon => !installed.includes(addon))
  const stateDirectory = stateDirectoryOf(record.name)
  await installAddons({ kubectl: record.kubectl, stateDirectory }, added, start)
  record.addons = [...installed, ...added]
  return added.length > 0
}

async function addKserve(record: SandboxRecord, start: Start): Promise<boolean> {
  const { kserveDirectory, signal, onProgress } = start
  if (kserveDirectory === undefined) return false
  onProgress('starting KServe')
  const { name, kubectl } = record
  const isNew = record.kserve === undefined
  await withPorts(start, async () => {
    record.kserve ??= await chooseKservePorts(kserveDirectory)
    await runKserve({ kubectl, stateDirectory: stateDirectoryOf(name) }, record.kserve, signal)
  })
  return isNew
}

// Ports are chosen before they are listened on: only one start of this user does that at a time.
async function withPorts<T>({ signal }: Start, work: () => Promise<T>): Promise<T> {
  return await withLock(path.join(cacheFolder(), 'ports.lock'), { signal }, work)
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
