import { readFileSync } from 'node:fs'
import path from 'node:path'
import { findModules, type FindOptions } from '../binaries/find.ts'
import { applyDefinitions } from '../definitions.ts'
import { applyOwn, type Kubectl } from '../kubectl.ts'
import { findFreePorts } from '../ports.ts'
import type { KserveRecord } from '../record.ts'
import { kserveModule, plainVersion } from '../versions.ts'
import { startManager } from './manager.ts'
import { configuration, definitionsOf, webhooks } from './manifests.ts'

/** KServe of a version: its controller's binary and the files of its module. */
export type Kserve = Pick<KserveRecord, 'version' | 'manager' | 'files'>

/** Builds what is not in the cache yet, before anything is started. */
export async function findKserve(
  version: string | boolean | undefined,
  options: FindOptions,
): Promise<Kserve> {
  const module = kserveModule(typeof version === 'string' ? version : undefined)
  const [found] = await findModules([module], options)
  const manager = found?.binaries.get('manager')
  if (found === undefined || manager === undefined) throw new Error(`no ${module.folder}`)
  return { version: plainVersion(module), manager, files: found.files }
}

export async function withFreePorts(kserve: Kserve): Promise<KserveRecord> {
  const [webhookPort = 0, probePort = 0] = await findFreePorts(2)
  return { ...kserve, webhookPort, probePort }
}

/** Installs KServe and starts its controller. May be repeated. */
export async function installKserve(
  kubectl: Kubectl,
  kserve: KserveRecord,
  signal?: AbortSignal,
): Promise<void> {
  const { files, webhookPort } = kserve
  const apply = (objects: object[]) => applyObjects(kubectl, objects, signal)
  await applyDefinitions(kubectl, definitionsOf(files), signal)
  await apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kserve' } }])
  await apply([configuration(kserve)])
  await startManager(kubectl.stateDirectory, kserve, signal)
  const authority = readFileSync(path.join(kubectl.stateDirectory, 'pki', 'ca.crt'), 'utf8')
  await apply(webhooks(files, { port: webhookPort, authority }))
  for (const part of ['runtimes', 'storagecontainers']) {
    const folder = path.join(files, 'config', part)
    await applyOwn(kubectl, ['-k', folder], { signal })
  }
}

async function applyObjects(
  kubectl: Kubectl,
  objects: readonly object[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })
  await applyOwn(kubectl, ['-f', '-'], { input, signal })
}
