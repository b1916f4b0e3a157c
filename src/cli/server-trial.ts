import type { Problem } from '../problem/index.ts'
import type { RenderedEnvironment } from '../project/index.ts'
import { clustersFor } from './session.ts'
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
  const { server, rendered, args, terminal } = trial
  const { kserveFor, tryEnvironments } = await import('../trial/index.ts')
  const tryAll = (where: ClusterArgs, isThrowAway: boolean) =>
    tryEnvironments({ rendered, inCluster: clustersFor({ args: where, terminal }), isThrowAway })
  if (server === 'cluster') return tryAll(args, false)
  const { kserveVersions, withThrowAway } = await import('../sandbox/index.ts')
  const options = {
    name: `validate-${process.pid}`,
    kserve: kserveFor({ rendered, known: kserveVersions() }),
    signal: terminal.signal,
    onProgress: (message: string) => terminal.err(`${message}\n`),
  }
  return withThrowAway(options, ({ kubeconfig, context }) => tryAll({ kubeconfig, context }, true))
}
