import { installAddons, type AddonName } from './addons.ts'
import { wantsKserve, type Asked } from './asked-versions.ts'
import { restartComponent } from './cluster.ts'
import { findKserve, installKserve, withFreePorts } from './kserve/install.ts'
import { startManager } from './kserve/manager.ts'
import { stateDirectoryOf } from './places.ts'
import { withPorts } from './ports.ts'
import type { SandboxRecord } from './record.ts'

/** What is asked for on top of the control plane. */
export interface Parts extends Asked {
  addons?: readonly AddonName[] | undefined
  signal?: AbortSignal | undefined
  onProgress: (message: string) => void
}

/** Installs what is not there yet, and notes it in the record. */
export async function addParts(record: SandboxRecord, parts: Parts): Promise<void> {
  const hasNewKinds = [await addAddons(record, parts), await addKserve(record, parts)].some(Boolean)
  const { name, kubectl, kwokctl } = record
  const { signal } = parts
  // Its garbage collector would notice the new kinds only after 30 s; foreground deletions wait for that.
  if (hasNewKinds) {
    await restartComponent('kube-controller-manager', { name, kubectl, kwokctl, signal })
  }
}

async function addAddons(record: SandboxRecord, parts: Parts): Promise<boolean> {
  const installed = record.addons ?? []
  const added = (parts.addons ?? []).filter(addon => !installed.includes(addon))
  const stateDirectory = stateDirectoryOf(record.name)
  await installAddons({ kubectl: record.kubectl, stateDirectory }, added, parts)
  record.addons = [...installed, ...added]
  return added.length > 0
}

async function addKserve(record: SandboxRecord, parts: Parts): Promise<boolean> {
  const { signal, onProgress } = parts
  const stateDirectory = stateDirectoryOf(record.name)
  if (!wantsKserve(parts)) return false
  if (record.kserve !== undefined) {
    await startManager(stateDirectory, record.kserve, signal)
    return false
  }
  const kserve = await findKserve(parts.kserve, parts)
  onProgress(`starting KServe ${kserve.version}`)
  await withPorts(signal, async () => {
    const placed = await withFreePorts(kserve)
    await installKserve({ kubectl: record.kubectl, stateDirectory }, placed, signal)
    record.kserve = placed
  })
  return true
}
