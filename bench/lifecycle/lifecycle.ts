import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Cluster } from '../../src/cluster/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import type { Audit } from '../measure/audit.ts'
import { runCommand } from '../measure/run-command.ts'
import { OPERATIONS, type Job, type Operation, type Peer } from '../peers/peer.ts'
import type { Sample } from '../results/results.ts'
import { changeOne, createWorkload, pruneTenth, type Workload } from '../workload/workload.ts'
import { createNamespace, findFault, removeNamespace, rollOut } from './cluster-state.ts'

/** What a benchmark measures with. */
export interface Bench {
  sandbox: Sandbox
  cluster: Cluster
  audit: Audit
  folder: string
  signal: AbortSignal
}

export interface Lifecycle {
  peer: Peer
  endpoints: number
  /** False for an operation that is known to take too long to be measured again. */
  isWanted: (operation: Operation) => boolean
  onStart: (operation: Operation) => void
  onSample: (operation: Operation, sample: Sample) => void
}

/** No tool gets more time for one operation. */
const TIMEOUT_SECONDS = 1800

/**
 * One life of a set with one tool: created, left as it is, changed, pruned, deleted. Whether the cluster is as it should be after each
 * step is looked at before the next. Throws what keeps the tool from going on.
 */
export async function liveThrough(bench: Bench, life: Lifecycle): Promise<void> {
  const namespace = `bench-${life.peer.name}`
  const folder = mkdtempSync(join(bench.folder, `${life.peer.name}-`))
  const home = join(folder, 'home')
  mkdirSync(home)
  await createNamespace(bench.cluster, namespace)
  try {
    let workload = await createWorkload({ folder, namespace }, life.endpoints)
    for (const operation of OPERATIONS) {
      workload = await prepare(operation, workload)
      await perform(bench, life, { operation, workload, home, sandbox: bench.sandbox })
    }
  } finally {
    await removeNamespace(bench.cluster, namespace)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the operation is about has changed in git. */
async function prepare(operation: Operation, workload: Workload): Promise<Workload> {
  if (operation === 'diff') return changeOne(workload)
  return operation === 'prune' ? pruneTenth(workload) : workload
}

async function perform(bench: Bench, { peer, ...life }: Lifecycle, job: Job): Promise<void> {
  const { operation, workload } = job
  if (!life.isWanted(operation)) return
  life.onStart(operation)
  const command = peer.command(job)
  const { audit, folder, signal, cluster } = bench
  const log = join(folder, `${peer.name}-${operation}.log`)
  audit.mark()
  const usage = await runCommand(command, { log, timeoutSeconds: TIMEOUT_SECONDS, signal })
  life.onSample(operation, { ...usage, requests: await audit.requests() })
  const fault = await findFault(cluster, workload, expectedAfter(job))
  if (fault !== undefined) throw new Error(`after ${operation}: ${fault}`)
  await rollOut(cluster, bench.sandbox, workload.namespace)
}

function expectedAfter({ operation, workload: { objects } }: Job) {
  const isChanged = operation === 'change' || operation === 'prune'
  return { objects: operation === 'delete' ? [] : objects, isChanged }
}
