import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { styleText } from 'node:util'
import { SlipwayError } from '../src/problem/index.ts'
import { down, list, up } from '../src/sandbox/index.ts'
import { installedEnvironment, installPackage } from './support/installed.ts'
import type { RunnerSandbox } from './support/runner-sandbox.ts'
import { runnerEnvironment } from './support/runner-sandbox.ts'
import type { TapLine } from './support/tap.ts'
import { conclude, count, newTally, readTapLine, summaryOf } from './support/tap.ts'

/**
 * Runs ava (all tests, or the files given) with one sandbox and one installed package for all of them, and ends with
 * `N passed, N failed`. SLIPWAY_TEST_CLI=sources saves the package: tests then run the command line of the sources.
 * KServe is in it when SLIPWAY_KSERVE_DIR names its folder.
 */

const name = `test-${process.pid}`
const MOST_DETAILS = 30
const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interrupted.abort(new Error(`ended by ${signal}`)))
}
const tell = (message: string) => process.stderr.write(`${message}\n`)

const exitCode = await main()
process.exitCode = interrupted.signal.aborted ? 130 : exitCode

async function main(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-test-'))
  try {
    return await runTests(folder)
  } catch (error) {
    if (!interrupted.signal.aborted) console.error(error)
    console.log(`\n${summaryOf({ ...newTally(), failed: 1 })}`)
    return 1
  } finally {
    await down({ name })
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runTests(folder: string): Promise<number> {
  await removeDeadRuns()
  const environment = {
    ...packageEnvironment(folder),
    ...runnerEnvironment(await startSandbox(path.join(folder, 'kubeconfig'))),
  }
  const tally = await runAva(process.argv.slice(2), environment)
  if (tally.failures.length > 0) console.log('\nfailed:')
  // Once more at the end, with the reasons: who reads a log from its end should not have to search.
  for (const { title, details } of tally.failures) {
    console.log(`${styleText('red', '✖')} ${title}`)
    for (const text of details.slice(0, MOST_DETAILS)) console.log(text)
  }
  console.log(`\n${summaryOf(tally)}`)
  return tally.exitCode
}

/** Sandboxes of test runs that were killed before they could bring them down. */
async function removeDeadRuns(): Promise<void> {
  for (const left of list()) {
    const pid = Number(/^test-(\d+)(-|$)/.exec(left)?.[1])
    if (pid > 0 && !isAlive(pid)) await down({ name: left, onProgress: tell })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** The command line that tests run is that of the package, unless somebody wants that of the sources. */
function packageEnvironment(folder: string): Record<string, string> {
  if (process.env['SLIPWAY_TEST_CLI'] === 'sources') return {}
  tell('packing and installing the package …')
  return installedEnvironment(installPackage(folder))
}

async function startSandbox(kubeconfig: string): Promise<RunnerSandbox> {
  const kserve = process.env['SLIPWAY_KSERVE_DIR'] !== undefined
  if (!kserve) tell('without KServe: SLIPWAY_KSERVE_DIR is not set, its tests are skipped')
  const { signal } = interrupted
  try {
    return { sandbox: await up({ name, kserve, kubeconfig, signal, onProgress: tell }) }
  } catch (error) {
    if (signal.aborted || !(error instanceof SlipwayError)) throw error
    const [problem] = error.problems
    tell(['no sandbox:', problem?.message, problem?.cause, problem?.remedy].join('\n'))
    return { reason: problem?.message ?? error.message }
  }
}

async function runAva(files: string[], environment: Record<string, string>) {
  const ava = path.join(path.dirname(fileURLToPath(import.meta.resolve('ava'))), 'cli.js')
  const child = spawn(process.execPath, [ava, '--tap', ...files], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  interrupted.signal.addEventListener('abort', () => child.kill('SIGINT'))
  const ended = new Promise<number>(resolve => child.on('close', code => resolve(code ?? 1)))
  const tally = newTally()
  for await (const text of createInterface({ input: child.stdout })) {
    const line = readTapLine(text)
    count(tally, line)
    print(line)
  }
  return conclude(tally, await ended)
}

function print(line: TapLine): void {
  switch (line.type) {
    case 'passed':
      console.log(`${styleText('green', '✔')} ${line.title}`)
      break
    case 'failed':
      console.log(`${styleText('red', '✖')} ${line.title}`)
      break
    case 'skipped':
      console.log(`${styleText('yellow', '-')} ${line.title}`)
      break
    case 'detail':
      console.log(line.text)
      break
    case 'bookkeeping':
  }
}
