import { execFileSync, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parse } from 'yaml'
import { CLI } from './cli.ts'
import { installedPackage } from './installed.ts'
import type { Result } from './project.ts'

/** Runs the jobs of a workflow step by step as GitHub would: each `run:` as it is written, in a checkout of a commit. */

/** Of the installed package, where there is one. */
export const WORKFLOWS = resolve(
  installedPackage()?.package ?? resolve(import.meta.dirname, '../..'),
  'templates/github/workflows',
)
const ACTION = resolve(WORKFLOWS, '../actions/slipway/action.yml')

const GH = resolve(import.meta.dirname, 'gh.ts')

export interface Step {
  id?: string
  name?: string
  uses?: string
  with?: Record<string, string | number | boolean>
  if?: string
  'continue-on-error'?: boolean
  shell?: string
  run?: string
  env?: Record<string, string>
}

export interface Job {
  if?: string
  env?: Record<string, string>
  steps: Step[]
  needs?: string | string[]
  environment?: string
  strategy?: { matrix?: Record<string, string>; 'max-parallel'?: number; 'fail-fast'?: boolean }
  permissions?: Record<string, string>
  concurrency?: { group: string; 'cancel-in-progress': boolean }
}

export interface Workflow {
  permissions?: object
  defaults?: { run?: { shell?: string } }
  jobs: Record<string, Job>
}

export function readWorkflow(name: string): Workflow {
  return parse(readFileSync(join(WORKFLOWS, `${name}.yml`), 'utf8')) as Workflow
}

/** Scripts of steps that were run by this process. */
export const scriptsRun = new Set<string>()

export function actionSteps(): Step[] {
  return (parse(readFileSync(ACTION, 'utf8')) as { runs: { steps: Step[] } }).runs.steps
}

export interface Hub {
  /** Of a job; steps after one that fails do not run. */
  run: (job: JobRun) => Promise<JobResult>
  /** What gh and the upload of artifacts left behind: undefined where there is none. */
  read: (file: string) => string | undefined
  write: (file: string, text: string) => void
  dispose: () => void
}

export interface JobRun {
  workflow: string
  job: string
  directory: string
  /** Values of the expressions that the job uses: `matrix.environment`. */
  context: Record<string, string>
}

export interface JobResult {
  code: number
  /** By the names of the steps that ran. */
  steps: Record<string, Result>
  /** Of the last step that gave any: `name=value` lines. */
  outputs: Record<string, string>
  /** The page of the run. */
  summary: string
}

/** Stands in for GitHub: npx is this checkout, gh keeps its comments and issues in a folder. */
export function openHub(): Hub {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-hub-'))
  const bin = toolFolder(folder)
  let count = 0
  return {
    read: file =>
      existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined,
    write: (file, text) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
    run: async job => {
      count += 1
      const temporary = join(folder, `run-${count}`)
      mkdirSync(temporary)
      return runJob(job, { folder, bin, temporary })
    },
  }
}

/** A folder for PATH: npx is this checkout's slipway, npm only writes down what it was asked, gh answers from the folder. */
export function toolFolder(folder: string): string {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const script = (name: string, text: string) =>
    writeFileSync(join(bin, name), `#!/bin/bash\n${text}`, { mode: 0o755 })
  script(
    'npx',
    `[ "$1 $2" = '--no slipway' ] || exit 9\nexec '${process.execPath}' '${CLI}' "\${@:3}"\n`,
  )
  script('npm', `echo "npm $*" >> '${folder}/npm'\n`)
  script('gh', `exec '${process.execPath}' '${GH}' "$@"\n`)
  return bin
}

interface Places {
  folder: string
  bin: string
  temporary: string
}

async function runJob(job: JobRun, places: Places): Promise<JobResult> {
  const { workflow, directory } = job
  const context = { ...job.context, 'runner.temp': places.temporary }
  const { jobs, defaults } = readWorkflow(workflow)
  const { env = {}, steps } = jobs[job.job] ?? { steps: [] }
  const files = {
    GITHUB_ENV: join(places.temporary, 'env'),
    GITHUB_OUTPUT: join(places.temporary, 'output'),
    GITHUB_STEP_SUMMARY: join(places.temporary, 'summary.md'),
  }
  for (const file of Object.values(files)) writeFileSync(file, '')
  const result: JobResult = { code: 0, steps: {}, outputs: {}, summary: '' }
  for (const step of steps.flatMap(each => (each.uses?.startsWith('./') ? actionSteps() : each))) {
    if (result.code !== 0 && step.if !== 'always()') continue
    if (step.uses?.startsWith('actions/upload-artifact')) upload(step, { ...job, context }, places)
    if (step.run === undefined) continue
    if (step.shell === undefined && defaults?.run?.shell !== 'bash') throw new Error('no shell')
    const said = await runScript(step.run, directory, {
      ...baseEnvironment(places),
      ...files,
      GITHUB_WORKSPACE: directory,
      ...evaluateAll(env, context),
      ...evaluateAll(step.env ?? {}, context),
      ...pairsIn(files.GITHUB_ENV),
    })
    result.steps[step.name ?? step.run] = said
    scriptsRun.add(step.run)
    if (step['continue-on-error'] !== true) result.code ||= said.code
  }
  const summary = readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8')
  return { ...result, outputs: pairsIn(files.GITHUB_OUTPUT), summary }
}

/** `NAME=value` lines. */
function pairsIn(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return Object.fromEntries(lines.map(line => line.split(/=(.*)/s).slice(0, 2)))
}

function baseEnvironment({ folder, bin, temporary }: Places): NodeJS.ProcessEnv {
  const { KUBECONFIG: _kubeconfig, ...rest } = process.env
  return {
    ...rest,
    PATH: `${bin}:${process.env['PATH']}`,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: 'team/models',
    GITHUB_RUN_ID: '7',
    GITHUB_SERVER_URL: 'https://github.example.com',
    RUNNER_TEMP: temporary,
    HUB: folder,
    NO_COLOR: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
  }
}

/** As the runner starts `shell: bash`; RUNNER_TEMP is in the environment. */
export async function runScript(
  script: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Result> {
  const file = join(String(env['RUNNER_TEMP']), 'script.sh')
  writeFileSync(file, script)
  const args = ['--noprofile', '--norc', '-eo', 'pipefail', file]
  const child = spawn('bash', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
  const code = await new Promise<number>(done => child.on('close', status => done(status ?? -1)))
  return { code, ...said }
}

function upload({ with: input = {} }: Step, { directory, context }: JobRun, { folder }: Places) {
  const name = evaluate(String(input['name']), context)
  const from = resolve(directory, evaluate(String(input['path']), context))
  if (existsSync(from)) cpSync(from, join(folder, 'artifacts', name), { recursive: true })
}

/** With the values of the expressions that are in it; one that has none is an error. */
export function evaluateAll(env: Record<string, string>, context: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, evaluate(value, context)]),
  )
}

function evaluate(text: string, context: Record<string, string>): string {
  return text.replaceAll(/\$\{\{ *(.*?) *\}\}/g, (_, expression: string) => {
    const value = context[expression]
    if (value === undefined) throw new Error(`the test gives no ${expression}`)
    return value
  })
}

/** A checkout of a commit as actions/checkout makes it; the whole history where no depth is given. */
export function checkOut(remote: string, ref: string, depth?: number): string {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-checkout-'))
  const git = (...args: string[]) => execFileSync('git', args, { cwd: directory, stdio: 'pipe' })
  git('init', '--quiet', '--initial-branch=main')
  git('remote', 'add', 'origin', `file://${remote}`)
  const limit = depth === undefined ? [] : [`--depth=${depth}`]
  if (depth === undefined) git('fetch', '--quiet', 'origin', '+refs/heads/*:refs/remotes/origin/*')
  git('fetch', '--quiet', ...limit, 'origin', ref)
  git('checkout', '--quiet', '-B', 'main', 'FETCH_HEAD')
  return directory
}
