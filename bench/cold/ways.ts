import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import { ENVIRONMENT } from '../workload/specs.ts'
import { ARCHIVE } from './release.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const { name, version } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8'))

/** One way to slipway, in scripts that run one after the other in an empty folder with an empty home. */
export interface Way {
  title: string
  fetch: string
  /** Validated, and compared with the base in three formats. */
  preview: string
  apply: string
}

export interface Addresses {
  release: string
  registry: string
  project: string
  kubeconfig: string
  context: string
}

export function waysTo(addresses: Addresses): Way[] {
  const inProject = `-C ${addresses.project} -e ${ENVIRONMENT}`
  const apply = `apply ${inProject} --kubeconfig ${addresses.kubeconfig} --context ${addresses.context} --yes --no-wait`
  const formats = ['text', 'markdown', 'json']
  const commands = [
    `validate ${inProject} -o github`,
    ...formats.map(format => `diff ${inProject} --against HEAD^1..HEAD -o ${format}`),
  ]
  const called = (how: string, all: string[]) =>
    all.map(command => `${how} ${command}`).join(' && ')
  return [
    {
      title: 'single file',
      fetch: `curl --fail --silent --output ${ARCHIVE} ${addresses.release}/${ARCHIVE} && tar -xf ${ARCHIVE}`,
      preview: called('./slipway', commands),
      apply: called('./slipway', [apply]),
    },
    {
      title: 'npm package',
      fetch: `npm install --silent --no-audit --no-fund --registry ${addresses.registry} ${name}@${version}`,
      preview: called('npx --no slipway', commands),
      apply: called('npx --no slipway', [apply]),
    },
    {
      title: 'action',
      fetch: stepOf('Install'),
      preview: `export PATH="$PATH:$(cat "$GITHUB_PATH")" && cd ${addresses.project} && ${stepOf('Preview')}`,
      apply: `export PATH="$PATH:$(cat "$GITHUB_PATH")" && ${called('slipway', [apply])}`,
    },
  ]
}

/** A script of the action, as it is written. */
function stepOf(step: string): string {
  const { runs } = parse(readFileSync(resolve(ROOT, 'action.yml'), 'utf8'))
  return runs.steps.find((each: { name: string }) => each.name === step).run
}

/** What the runner and the action's inputs are for its scripts; the others do without. */
export function runnerEnvironment(folder: string, downloads: string): Record<string, string> {
  const architecture = { x64: 'X64', arm64: 'ARM64' }[process.arch as 'x64' | 'arm64']
  return {
    // npm of the Node that measures.
    PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
    HOME: folder,
    npm_config_cache: `${folder}/npm-cache`,
    RUNNER_OS: process.platform === 'darwin' ? 'macOS' : 'Linux',
    RUNNER_ARCH: architecture,
    RUNNER_TOOL_CACHE: `${folder}/tools`,
    RUNNER_TEMP: folder,
    GITHUB_PATH: `${folder}/path`,
    GITHUB_OUTPUT: `${folder}/output`,
    GITHUB_STEP_SUMMARY: `${folder}/summary`,
    VERSION: version,
    DOWNLOADS: downloads,
    ENVIRONMENTS: ENVIRONMENT,
    AGAINST: 'HEAD^1..HEAD',
  }
}
