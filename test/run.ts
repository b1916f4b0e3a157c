import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { SlipwayError } from '../src/problem/index.ts'
import {
  defaultKubernetes,
  down,
  kserveVersions,
  kubernetesVersions,
  up,
} from '../src/sandbox/index.ts'
import { list } from './support/sandbox-trouble.ts'
import { installedEnvironment, installPackage } from './support/installed.ts'
import { only, passesOf, titleOf, type Pass } from './support/passes.ts'
import { printFailures, runAva } from './support/run-ava.ts'
import {
  runnerEnvironment,
  type RunnerSandbox,
  type TestedVersions,
} from './support/runner-sandbox.ts'
import { add, newTally, summaryOf } from './support/tap.ts'
import { isQuick, testFiles } from './support/test-files.ts'
import { writeTested, type PassResult } from './support/tested.ts'
import { thoroughly } from './support/thorough.ts'

/**
 * Runs ava (all tests, or the files given) with one installed package for all of them and one sandbox for each pass
 * (support/passes.ts), and ends with `N passed, N failed`. SLIPWAY_TEST_CLI=sources saves the package: tests then run the command
 * line of the sources. `--all` adds the other versions of Kubernetes and KServe and the engines of test/engines, and writes docs/tested.md; `--pass 1.34.4/0.20.0`
 * runs only the pass of these versions, and may be given again. `--quick` runs what needs neither package, sandbox nor another process.
 */

const name = `test-${process.pid}`
const {
  values: { all: isAll, quick: onlyQuick, pass: asked },
  positionals: names,
} = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    pass: { type: 'string', multiple: true, default: [] },
  },
})
const KNOWN = {
  kubernetes: kubernetesVersions(),
  kserve: kserveVersions(),
  defaultKubernetes: defaultKubernetes(),
}
const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interrupted.abort(new Error(`ended by ${signal}`)))
}
// Of the control planes, which are most of what the tests compute: garbage is collected less often, as there is memory enough.
process.env['GOGC'] ??= '300'
process.env['GOMEMLIMIT'] ??= '3GiB'
/** Each has a control plane of its own, and controllers that give up when the machine is slow. */
const ENGINES_AT_A_TIME = 2
const tell = (message: string) => process.stderr.write(`${message}\n`)

const exitCode = await main()
process.exitCode = interrupted.signal.aborted ? 130 : exitCode

async function main(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-test-'))
  try {
    return onlyQuick ? await runQuick() : await runTests(folder)
  } catch (error) {
    if (!interrupted.signal.aborted) console.error(error)
    console.log(`\n${summaryOf({ ...newTally(), failed: 1 })}`)
    return 1
  } finally {
    if (!onlyQuick) await down({ name })
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runQuick(): Promise<number> {
  const files = testFiles(names).filter(each => isQuick(each))
  const tally = await runAva({
    files: files.map(({ file }) => file),
    environment: {},
    prefix: '',
    signal: interrupted.signal,
  })
  printFailures(tally)
  console.log(`\n${summaryOf(tally)}`)
  return tally.exitCode
}

async function runTests(folder: string): Promise<number> {
  await removeDeadRuns()
  const packaged = { ...packageEnvironment(folder), ...(isAll && thoroughly) }
  const total = newTally()
  const results: PassResult[] = []
  let worst = 0
  const files = isAll ? testFiles(names, { withEngines: true }) : testFiles(names)
  for (const pass of only(asked, passesOf(files, KNOWN, isAll ? 'all' : 'ci'))) {
    const tally = await runPass(pass, path.join(folder, 'kubeconfig'), packaged)
    add(total, tally)
    worst = Math.max(worst, tally.exitCode)
    // What did not come to its end has no result.
    if (interrupted.signal.aborted) break
    results.push({ title: titleOf(pass), summary: summaryOf(tally), pass })
  }
  printFailures(total)
  for (const { title, summary } of results) console.log(`${title}: ${summary}`)
  if (isAll && names.length === 0 && results.length > 0) writeTested(results)
  console.log(`\n${summaryOf(total)}`)
  return worst
}

/** Each on a sandbox of its own. */
async function runPass(pass: Pass, kubeconfig: string, packaged: Record<string, string>) {
  const { versions, files, engines = false } = pass
  tell(`\n${titleOf(pass)}`)
  const started = await startSandbox(versions, kubeconfig)
  const environment = { ...packaged, ...runnerEnvironment(started, versions) }
  const prefix = versions.onlyKserve ? `[KServe ${versions.kserve}] ` : ''
  try {
    const filesAtATime = engines ? ENGINES_AT_A_TIME : undefined
    return await runAva({ files, environment, prefix, filesAtATime, signal: interrupted.signal })
  } finally {
    await down({ name })
  }
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

async function startSandbox(
  { kubernetes, kserve }: TestedVersions,
  kubeconfig: string,
): Promise<RunnerSandbox> {
  const { signal } = interrupted
  try {
    return { sandbox: await up({ name, kubernetes, kserve, kubeconfig, signal, onProgress: tell }) }
  } catch (error) {
    if (signal.aborted || !(error instanceof SlipwayError)) throw error
    const [problem] = error.problems
    tell(['no sandbox:', problem?.message, problem?.cause, problem?.remedy].join('\n'))
    return { reason: problem?.message ?? error.message }
  }
}
