import type { Sandbox } from '../../src/sandbox/index.ts'
import type { Command } from '../measure/run-command.ts'
import type { Workload } from '../workload/workload.ts'

/** What every tool is asked to do, in this order. */
export const OPERATIONS = ['first', 'noop', 'diff', 'change', 'prune', 'delete'] as const
export type Operation = (typeof OPERATIONS)[number]

/** A tool that brings manifests into a cluster, and how it is called. */
export interface Peer {
  name: string
  version: string
  /** May write files of its own beside the workload's: that is not measured. */
  command: (job: Job) => Command
}

export interface Job {
  operation: Operation
  workload: Workload
  sandbox: Sandbox
  /** For whatever the tool keeps: its home. */
  home: string
}
