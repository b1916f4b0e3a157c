import { existsSync } from 'node:fs'
import { COMPONENTS, componentsOf, type Component } from './cluster.ts'
import { isKserveRunning } from './kserve/manager.ts'
import { checkName, DEFAULT_NAME, stateDirectoryOf } from './places.ts'
import { processesOf } from './processes.ts'
import { readRecord } from './record.ts'
import { sandboxOf, type Sandbox } from './sandbox.ts'

export interface ComponentStatus {
  name: Component
  /** Absent when it does not run. */
  pid?: number
}

export type SandboxStatus =
  | { state: 'absent'; name: string }
  /** Something is left of it that does not work as a whole; `up` and `down` clean it. */
  | { state: 'broken'; name: string; stateDirectory: string; components: ComponentStatus[] }
  | {
      state: 'running'
      name: string
      sandbox: Sandbox
      components: ComponentStatus[]
      kserve: 'running' | 'stopped' | 'absent'
    }

/** What there is of a sandbox, seen from its folder and its processes; asks no server. */
export function status({ name = DEFAULT_NAME }: { name?: string } = {}): SandboxStatus {
  const stateDirectory = stateDirectoryOf(checkName(name))
  const components = componentStatuses(stateDirectory)
  const record = readRecord(name)
  if (record !== undefined && components.every(({ pid }) => pid !== undefined)) {
    const sandbox = sandboxOf(record)
    return { state: 'running', name, sandbox, components, kserve: kserveState(sandbox) }
  }
  const isLeft = existsSync(stateDirectory) || processesOf(stateDirectory).length > 0
  return isLeft ? { state: 'broken', name, stateDirectory, components } : { state: 'absent', name }
}

function componentStatuses(stateDirectory: string): ComponentStatus[] {
  const running = new Map(componentsOf(stateDirectory).map(({ name, pid }) => [name, pid]))
  return COMPONENTS.map(name => {
    const pid = running.get(name)
    return { name, ...(pid !== undefined && { pid }) }
  })
}

function kserveState({ kserve, stateDirectory }: Sandbox): 'running' | 'stopped' | 'absent' {
  if (kserve === undefined) return 'absent'
  return isKserveRunning(stateDirectory) ? 'running' : 'stopped'
}
