import { liveThrough, type Bench } from './lifecycle/lifecycle.ts'
import { TimeLimitError } from './measure/run-command.ts'
import type { Options } from './options.ts'
import type { Found } from './peers/find.ts'
import { OPERATIONS, type Operation, type Peer } from './peers/peer.ts'
import { cellOf, newResults, readResults, writeResults, type Results } from './results/results.ts'

interface MeasuredBench extends Bench {
  onProgress: (message: string) => void
}

/** All sizes; after each run the results so far are in the file. */
export async function measureAll(
  bench: MeasuredBench,
  { peers, missing }: Found,
  options: Options,
): Promise<Results> {
  const results = options.add ? readResults(options.out) : newResults()
  for (const { name, version } of peers) results.versions[name] = version
  Object.assign(results.missing, missing)
  for (const { endpoints, runs } of options.sizes) {
    forget(results, peers, endpoints)
    for (let run = 1; run <= runs; run += 1) {
      // Tool after tool in each run: what else the machine does meets all of them.
      for (const peer of peers.filter(({ name }) => run <= runsOf(options, name))) {
        bench.onProgress(`${endpoints} endpoints, run ${run} of ${runs}: ${peer.name}`)
        await measureRun(bench, { results, peer, endpoints, options })
        writeResults(options.out, results)
      }
    }
  }
  return results
}

function runsOf({ tools }: Options, name: string): number {
  return tools.find(tool => tool.name === name)?.runs ?? Infinity
}

function forget(results: Results, peers: readonly Peer[], endpoints: number): void {
  const names = new Set(peers.map(({ name }) => name))
  results.cells = results.cells.filter(
    cell => cell.endpoints !== endpoints || !names.has(cell.tool),
  )
}

interface Run {
  results: Results
  peer: Peer
  endpoints: number
  options: Options
}

/** What a tool fails at is in the results, and not tried again; the other tools go on. */
async function measureRun(bench: MeasuredBench, run: Run): Promise<void> {
  const { results, peer, endpoints, options } = run
  const cell = (operation: Operation) => cellOf(results, { tool: peer.name, endpoints, operation })
  if (OPERATIONS.some(operation => cell(operation).failure !== undefined)) return
  let current: Operation = OPERATIONS[0]
  try {
    await liveThrough(bench, {
      peer,
      endpoints,
      isWanted: operation =>
        options.operations.includes(operation) &&
        cell(operation).samples.every(({ seconds }) => seconds <= options.onceOverSeconds),
      onStart: operation => (current = operation),
      onSample: (operation, sample) => cell(operation).samples.push(sample),
    })
  } catch (error) {
    bench.signal.throwIfAborted()
    const failure = error instanceof Error ? error.message : String(error)
    Object.assign(cell(current), {
      failure,
      ...(error instanceof TimeLimitError && { limitSeconds: error.limitSeconds }),
    })
    bench.onProgress(`${peer.name}, ${current}: ${failure}`)
  }
}
