import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { connect } from '../src/cluster/index.ts'
import { HERE } from '../scripts/single-file/node-binary.ts'
import { startRegistry, tarballsIn } from './cold/registry.ts'
import { makeRelease, serve } from './cold/release.ts'
import { runnerEnvironment, waysTo, type Way } from './cold/ways.ts'
import { startControlPlane } from './control-plane/start.ts'
import { createNamespace } from './lifecycle/cluster-state.ts'
import { median } from './measure.ts'
import { runCommand, type Usage } from './measure/run-command.ts'
import { printTable } from './print-table.ts'
import { changeOne, createWorkload } from './workload/workload.ts'

/**
 * Times a cold runner: from an empty folder, home and cache to a finished preview, and to a finished apply in which nothing
 * changes: npm run bench:cold. With --preview it starts no control plane, and applies nothing. Everything is fetched from servers on loopback: what a network takes is not in it.
 */

const ROOT = resolve(import.meta.dirname, '..')
const ENDPOINTS = 25
const ROUNDS = 3
const NAMESPACE = 'bench-cold'

const { values: options } = parseArgs({ options: { preview: { type: 'boolean', default: false } } })
const STEPS = options.preview
  ? (['fetch', 'preview'] as const)
  : (['fetch', 'preview', 'apply'] as const)

const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
const signal = AbortSignal.timeout(3_600_000)
const onProgress = (message: string) => process.stderr.write(`${message}\n`)
try {
  await (options.preview ? measureAll({ kubeconfig: '', context: '' }) : onControlPlane())
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function onControlPlane(): Promise<void> {
  const { sandbox, stop } = await startControlPlane({ folder, signal, onProgress })
  try {
    const { kubeconfig, context } = sandbox
    const cluster = await connect({ kubeconfig, context, signal })
    await createNamespace(cluster, NAMESPACE)
    cluster.close()
    await measureAll({ kubeconfig, context })
  } finally {
    await stop()
  }
}

interface Target {
  kubeconfig: string
  context: string
}

async function measureAll(target: Target): Promise<void> {
  const workload = await changeOne(
    await createWorkload({ folder, namespace: NAMESPACE }, ENDPOINTS),
  )
  makeRelease(join(folder, 'release'), join(ROOT, 'release', `slipway-${HERE}`))
  const [release, registry] = [
    await serve(join(folder, 'release')),
    await startRegistry(join(folder, 'registry')),
  ]
  onProgress(`the registry has ${tarballsIn(join(folder, 'registry'))} packages`)
  const places = { release: release.url, registry: registry.url, project: workload.project }
  const ways = waysTo({ ...places, ...target })
  // The first brings the endpoints into the cluster, for all others.
  await runOnce(ways[0], release.url)
  const rounds: Record<string, Usage>[][] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const measured = []
    // oxlint-disable-next-line no-await-in-loop
    for (const way of ways) measured.push(await runOnce(way, release.url))
    rounds.push(measured)
  }
  show(ways, rounds)
  for (const server of [release, registry]) server.close()
}

async function runOnce(way: Way | undefined, downloads: string): Promise<Record<string, Usage>> {
  if (way === undefined) throw new Error('there is no way')
  const place = mkdtempSync(join(folder, 'runner-'))
  mkdirSync(join(place, 'tools'))
  const taken: Record<string, Usage> = {}
  for (const step of STEPS) {
    const env = runnerEnvironment(place, downloads)
    const command = {
      file: 'bash',
      args: ['-e', '-o', 'pipefail', '-c', way[step]],
      cwd: place,
      env,
    }
    // oxlint-disable-next-line no-await-in-loop
    taken[step] = await runCommand(
      { ...command, success: [0] },
      { log: join(place, 'log'), timeoutSeconds: 300, signal },
    )
  }
  rmSync(place, { recursive: true, force: true })
  return taken
}

function show(ways: readonly Way[], rounds: Record<string, Usage>[][]): void {
  const rows = ways.map(({ title }, index) => {
    const of = (step: string, what: 'seconds' | 'cpuSeconds') =>
      median(rounds.map(round => round[index]?.[step]?.[what] ?? Number.NaN))
    const times = STEPS.map(step => of(step, 'seconds'))
    const cpu = STEPS.map(step => of(step, 'cpuSeconds'))
    return [title, ...times, ...cpu].map(cell =>
      typeof cell === 'number' ? cell.toFixed(2) : cell,
    )
  })
  printTable(
    ['way', ...STEPS.map(step => `${step}, s`), ...STEPS.map(step => `${step}, CPU s`)],
    rows,
  )
}
