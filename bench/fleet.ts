import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startControlPlane, type ControlPlane } from './control-plane/start.ts'
import { printGrowth, type Cost } from './large/growth.ts'
import { commitEndpoints, namespaces, writeLargeProject } from './large/project.ts'
import { runCommand } from './measure/run-command.ts'
import { carryOut } from './peers/raw/client.ts'
import { connectionOf } from './peers/raw/connection.ts'

/**
 * A large project in 20 namespaces of four clusters, one for each environment: what commands that read all of them cost, and whether that
 * grows as the number of endpoints does: npm run bench:fleet
 */

const CLI = resolve(import.meta.dirname, '../dist/cli/main.js')
const ENVIRONMENTS = ['development', 'integration', 'staging', 'production']
const APPLY = ['apply', '--all-environments', '--yes', '--no-wait']
/** In this order: the first one creates what is new. */
const COMMANDS = {
  'apply --all-environments, what is new': APPLY,
  'apply --all-environments, without changes': APPLY,
  'diff --all-environments': ['diff', '--all-environments'],
  'status --all-environments': ['status', '--all-environments'],
}

const { values } = parseArgs({ options: { sizes: { type: 'string', default: '2000,10000' } } })
const sizes = values.sizes.split(',').map(Number)

const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
const { signal } = new AbortController()
const clusters: ControlPlane[] = []
try {
  for (const name of ENVIRONMENTS) clusters.push(await startCluster(name))
  const kubeconfig = clusters.map(({ sandbox }) => sandbox.kubeconfig).join(delimiter)
  const directory = join(folder, 'project')
  const contexts = clusters.map(({ sandbox: { context } }) => ({ context }))
  writeLargeProject(
    directory,
    Object.fromEntries(ENVIRONMENTS.map((name, index) => [name, contexts[index] ?? {}])),
  )
  const costs: Cost[] = []
  for (const [index, endpoints] of sizes.entries()) {
    commitEndpoints(directory, { from: sizes[index - 1] ?? 0, to: endpoints })
    for (const [command, args] of Object.entries(COMMANDS)) {
      console.error(`${endpoints} endpoints: ${command}`)
      const usage = await runCommand(
        {
          file: process.execPath,
          args: [CLI, ...args],
          cwd: directory,
          env: { HOME: folder, KUBECONFIG: kubeconfig },
          // No pod runs, which is what status says.
          success: args === COMMANDS['status --all-environments'] ? [0, 1] : [0],
        },
        { log: join(folder, 'log'), timeoutSeconds: 3600, signal },
      )
      costs.push({ command, endpoints, ...usage })
    }
  }
  printGrowth(costs)
} finally {
  for (const { stop } of clusters) await stop()
  rmSync(folder, { recursive: true, force: true })
}

/** Empty but for the namespaces. */
async function startCluster(environment: string): Promise<ControlPlane> {
  const own = join(folder, environment)
  mkdirSync(own)
  const onProgress = (message: string) => console.error(message)
  const cluster = await startControlPlane({ environment, folder: own, signal, onProgress })
  const creations = namespaces.map(name => ({
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
  }))
  await carryOut({ ...connectionOf(cluster.sandbox), steps: [creations] })
  return cluster
}
