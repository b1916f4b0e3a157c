/** The whole line on this machine, in six steps: npm run demo. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { styleText } from 'node:util'
import { SlipwayError } from '../src/problem/index.ts'
import { servePods, up } from '../src/sandbox/index.ts'
import type { Sandbox } from '../src/sandbox/index.ts'
import { startModelServer } from './demo/model-server.ts'
import { git, slipway } from './demo/run.ts'

const root = resolve(import.meta.dirname, '..')
const ENDPOINT = 'california-housing-predictor'

const sandbox = await startSandbox()
if (sandbox === undefined) await offline()
else await online(sandbox)

async function online(running: Sandbox): Promise<void> {
  const cluster = ['--kubeconfig', running.kubeconfig, '--context', running.context]
  step(2, 'Apply endpoints/ and wait until all are ready', 'slipway apply -e sandbox')
  await slipway(root, 'apply', '-e', 'sandbox', '--yes', ...cluster)
  step(3, 'What runs now', 'slipway status -e sandbox')
  await slipway(root, 'status', '-e', 'sandbox', ...cluster)
  step(
    4,
    'Ask one what its spec wants to be asked, through the API server',
    `slipway smoke -e sandbox ${ENDPOINT}`,
  )
  await askEndpoint(running, cluster)
  step(5, 'Edit an endpoint: what would change?', 'slipway diff -e sandbox')
  await withEditedCopy(copy => slipway(copy, 'diff', '-e', 'sandbox', ...cluster))
  step(6, 'Your turn')
  say([
    `Edit a file in endpoints/, then: npx slipway diff -e sandbox && npx slipway apply -e sandbox`,
    `Undo it with git: git revert HEAD && npx slipway apply -e sandbox`,
    `Delete everything: npx slipway delete --all -e sandbox`,
    `Look around with kubectl: kubectl --context ${running.context} get pods -A`,
    `Stop the control plane: npx slipway sandbox down`,
  ])
}

/** Without a control plane there is still all that needs none. */
async function offline(): Promise<void> {
  step(2, 'Render endpoints/ without a cluster', 'slipway render -e sandbox')
  await slipway(root, 'render', '-e', 'sandbox')
  step(3, 'Edit an endpoint: what would change?', 'slipway diff -e sandbox --against HEAD')
  await withEditedCopy(copy => slipway(copy, 'diff', '-e', 'sandbox', '--against', 'HEAD'))
  say(['With the control plane of step 1 the demo goes on: apply, wait, status, a call.'])
}

async function startSandbox(): Promise<Sandbox | undefined> {
  step(1, 'A real control plane on this machine', 'slipway sandbox up')
  try {
    return await up({ onProgress: message => process.stderr.write(`  ${message}\n`) })
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error
    for (const { message, cause, remedy } of error.problems)
      say([message, cause, remedy].filter(line => line !== undefined))
    return undefined
  }
}

/** The sandbox runs no containers: its port-forwards lead to a model server of this process. */
async function askEndpoint(running: Sandbox, cluster: readonly string[]): Promise<void> {
  const server = await startModelServer()
  try {
    await servePods(running, { port: server.port })
    await slipway(root, 'smoke', ENDPOINT, '-e', 'sandbox', ...cluster)
  } finally {
    server.close()
  }
}

/** A scratch copy of this project with one image changed, so that your checkout stays as it is. */
async function withEditedCopy(work: (directory: string) => Promise<void>): Promise<void> {
  const copy = await mkdtemp(join(tmpdir(), 'slipway-demo-'))
  try {
    for (const part of ['slipway.yaml', 'models.yaml', 'images.yaml', 'endpoints']) {
      await cp(join(root, part), join(copy, part), { recursive: true })
    }
    await git(copy, 'init', '--quiet')
    await git(copy, 'add', '--all')
    await git(
      copy,
      '-c',
      'user.name=demo',
      '-c',
      'user.email=demo@example.com',
      'commit',
      '--quiet',
      '--message',
      'As it is',
    )
    const file = join(copy, 'endpoints', `${ENDPOINT}.yaml`)
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace(/^( +image: \S+:)\S+/m, '$1v13'))
    await work(copy)
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

function step(number: number, title: string, command?: string): void {
  process.stderr.write(
    `\n${styleText('bold', `${number}. ${title}`, { stream: process.stderr })}\n`,
  )
  if (command !== undefined)
    process.stderr.write(styleText('dim', `   $ ${command}\n`, { stream: process.stderr }))
}

function say(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`   ${line}\n`)
}
