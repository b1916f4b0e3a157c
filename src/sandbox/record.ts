import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { AddonName } from './addons.ts'
import type { PublishedContext } from './kubeconfig/publish.ts'
import { stateDirectoryOf } from './places.ts'

/** What has to be remembered of a sandbox that is up. Written last: without it a sandbox is a leftover. */
export interface SandboxRecord {
  name: string
  server: string
  /** Such as 1.37.2. */
  kubernetes: string
  kubectl: string
  kwokctl: string
  kubeconfigs: PublishedContext[]
  kserve?: KserveRecord
  /** Whose definitions are installed. */
  addons?: AddonName[]
}

export interface KserveRecord {
  /** Such as 0.20.0. */
  version: string
  /** The controller's binary, in the cache. */
  manager: string
  /** The folder with the files of KServe's module. */
  files: string
  webhookPort: number
  probePort: number
}

export function readRecord(name: string): SandboxRecord | undefined {
  try {
    const record: SandboxRecord = JSON.parse(readFileSync(fileOf(name), 'utf8'))
    return record
  } catch {
    return undefined
  }
}

export function writeRecord(record: SandboxRecord): void {
  const temporary = `${fileOf(record.name)}.${process.pid}`
  writeFileSync(temporary, `${JSON.stringify(record, undefined, 2)}\n`)
  renameSync(temporary, fileOf(record.name))
}

function fileOf(name: string): string {
  return path.join(stateDirectoryOf(name), 'slipway.json')
}
