import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { feed } from './feed.ts'
import type { Result } from './project.ts'
import { toolFolder } from './workflow.ts'

/** Runs the jobs of the GitLab template as its runner does: before_script and script, as they are written, in one shell. */

const TEMPLATE = resolve(import.meta.dirname, '../../templates/gitlab/gitlab-ci.yml')

export interface GitlabJob {
  extends?: string
  before_script?: string[]
  script?: string[]
  variables?: Record<string, string>
  needs?: string[]
  environment?: string | { name: string; action: string }
  rules?: { if: string }[]
  trigger?: { include: { artifact: string; job: string }[]; strategy: string }
  [key: string]: unknown
}

export interface GitlabTemplate {
  workflow: { rules: object[] }
  default: GitlabJob
  variables: Record<string, string>
  /** With what they extend; hidden ones are left out. */
  jobs: Record<string, GitlabJob>
}

/** The template, with the jobs that its job "environments" has written, where they are given. */
export function readTemplate(written = ''): GitlabTemplate {
  const { include: _template, ...made } = (parse(written) ?? {}) as Record<string, GitlabJob>
  const {
    workflow,
    default: common,
    variables,
    ...own
  } = parse(readFileSync(TEMPLATE, 'utf8')) as {
    workflow: GitlabTemplate['workflow']
    default: GitlabJob
    variables: Record<string, string>
  } & Record<string, GitlabJob>
  const all = { ...own, ...made }
  const jobs = Object.entries(all as Record<string, GitlabJob>)
    .filter(([name]) => !name.startsWith('.'))
    .map(([name, { extends: base, ...job }]) => {
      const inherited = base === undefined ? {} : (all as Record<string, GitlabJob>)[base]
      return [name, { ...common, ...inherited, ...job }] as const
    })
  return { workflow, default: common, variables, jobs: Object.fromEntries(jobs) }
}

export interface GitlabRun {
  job: string
  directory: string
  /** What GitLab, the settings and the matrix set. */
  variables: Record<string, string>
  /** What the job "environments" has written, for a job of it. */
  written?: string
}

export async function runGitlabJob(asked: GitlabRun): Promise<Result> {
  const { job, directory, variables, written } = asked
  const template = readTemplate(written)
  const found = template.jobs[job]
  if (found === undefined) throw new Error(`there is no job ${job}`)
  const { before_script: before = [], script = [], variables: own = {} } = found
  const folder = mkdtempSync(join(tmpdir(), 'slipway-gitlab-'))
  const given: Record<string, string> = { CI_PROJECT_DIR: directory, ...variables }
  const expand = (text: string) =>
    text.replaceAll(/\$(\w+)/g, (_, name: string) => given[name] ?? '')
  const set = Object.entries({ ...template.variables, ...own }).map(([name, value]) => [
    name,
    expand(value),
  ])
  const { KUBECONFIG: _kubeconfig, ...rest } = process.env
  const env = {
    ...rest,
    PATH: `${toolFolder(folder)}:${process.env['PATH']}`,
    CI: 'true',
    GITLAB_CI: 'true',
    NO_COLOR: '1',
    GIT_CONFIG_GLOBAL: join(folder, 'gitconfig'),
    ...given,
    ...Object.fromEntries(set),
  }
  // As the runner's shell executor: https://docs.gitlab.com/runner/shells/
  const lines = ['set -eo pipefail', 'set +o noclobber', ...before, ...script]
  const result = await run(lines.join('\n'), directory, env)
  rmSync(folder, { recursive: true, force: true })
  return result
}

async function run(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Result> {
  const child = spawn('bash', ['--noprofile', '--norc'], { cwd, env })
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
  feed(child, `: | eval ${quote(script)}\n`)
  const code = await new Promise<number>(done => child.on('close', status => done(status ?? -1)))
  return { code, ...said }
}

function quote(script: string): string {
  return `'${script.replaceAll("'", String.raw`'\''`)}'`
}
