import type { Problem } from '../problem/index.ts'
import type { RenderedEnvironment } from '../project/index.ts'
import { withCluster } from './session.ts'
import type { ClusterArgs } from './session.ts'
import type { Terminal } from './terminal.ts'

export interface ServerTrial {
  /** A cluster of the environment's, or a sandbox that goes when everything has been tried. */
  server: 'cluster' | 'sandbox'
  rendered: readonly RenderedEnvironment[]
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
  const { tryLimits, tryObjects } = await import('../trial/index.ts')
  const problems: Problem[] = []
  for (const { set, objects } of rendered) {
    const input = { args, environment: set.environment, terminal }
    const found = await withCluster(input, cluster =>
      Promise.all([tryObjects({ cluster, objects, isThrowAway }), tryLimits(cluster, objects)]),
    )
    problems.push(...found.flat())
  }
  return problems
}

async function onSandbox(trial: ServerTrial): Promise<Problem[]> {
  const { terminal, rendered } = trial
  const { kserveVersions, withThrowAway } = await import('../sandbox/index.ts')
  const { kserveFor } = await import('../trial/index.ts')
  const options = {
    name: `validate-${process.pid}`,
    kserve: kserveFor({ rendered, known: kserveVersions() }),
    signal: terminal.signal,
    onProgress: (message: string) => terminal.err(`${message}\n`),
  }
  return withThrowAway(options, ({ kubeconfig, context }) =>
    tryAll(trial, { kubeconfig, context }, true),
  )
}
