import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Problem } from '../problem/index.ts'
import type { Rendered } from './validation.ts'
import { withCluster } from './session.ts'
import type { ClusterArgs } from './session.ts'
import type { Terminal } from './terminal.ts'

export interface ServerTrial {
  /** A cluster of the environment's, or a sandbox that goes when everything has been tried. */
  server: 'cluster' | 'sandbox'
  rendered: readonly Rendered[]
  args: ClusterArgs
  terminal: Terminal
}

/** Whether an API server accepts every rendered object of every environment. */
export async function tryOnServer(trial: ServerTrial): Promise<Problem[]> {
  return trial.server === 'sandbox' ? onSandbox(trial) : tryAll(trial, trial.args, false)
}

async function tryAll(
  { rendered, terminal }: ServerTrial,
  args: ClusterArgs,
  isThrowAway: boolean,
): Promise<Problem[]> {
  const { tryObjects } = await import('../trial/index.ts')
  const problems: Problem[] = []
  for (const { set, objects } of rendered) {
    const input = { args, environment: set.environment, terminal }
    const found = await withCluster(input, cluster => tryObjects({ cluster, objects, isThrowAway }))
    problems.push(...found)
  }
  return problems
}

async function onSandbox(trial: ServerTrial): Promise<Problem[]> {
  const { terminal, rendered } = trial
  const { down, kserveVersions, up } = await import('../sandbox/index.ts')
  const folder = await mkdtemp(join(tmpdir(), 'slipway-validate-'))
  const name = `validate-${process.pid}`
  const onProgress = (message: string) => terminal.err(`${message}\n`)
  try {
    const sandbox = await up({
      name,
      kserve: kserveFor(rendered, kserveVersions()),
      kubeconfig: join(folder, 'kubeconfig'),
      signal: terminal.signal,
      onProgress,
    })
    const { kubeconfig, context } = sandbox
    return await tryAll(trial, { kubeconfig, context }, true)
  } finally {
    await down({ name })
    await rm(folder, { recursive: true, force: true })
  }
}

/** Starting KServe takes time: only for who needs it; the version that the environment declares, where the sandbox has it. */
function kserveFor(rendered: readonly Rendered[], known: readonly string[]): string | boolean {
  const users = rendered.filter(({ objects }) =>
    objects.some(({ object }) => object.kind === 'InferenceService'),
  )
  const declared = users.map(({ set }) => set.environment.kserve.version)
  return known.find(version => declared.includes(version)) ?? users.length > 0
}
