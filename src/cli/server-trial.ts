import type { ValidationRequest } from '../project/index.ts'
import { clustersFor, type ClusterArgs } from './session.ts'
import type { Terminal } from './terminal.ts'

type Trial = NonNullable<ValidationRequest['tryOnServer']>

/** Lets an API server try what is rendered: the environment's, or a sandbox that goes when everything has been tried. */
export function trialOn(
  server: 'cluster' | 'sandbox',
  { args, terminal }: { args: ClusterArgs; terminal: Terminal },
): Trial {
  const tryAll = async (where: ClusterArgs, ...[rendered]: Parameters<Trial>) => {
    const { tryEnvironments } = await import('../trial/index.ts')
    const inCluster = clustersFor({ args: where, terminal })
    return tryEnvironments({ rendered, inCluster, isThrowAway: where !== args })
  }
  if (server === 'cluster') return rendered => tryAll(args, rendered)
  return async rendered => {
    const { kserveFor } = await import('../trial/index.ts')
    const { kserveVersions, withThrowAway } = await import('../sandbox/index.ts')
    const options = {
      name: `validate-${process.pid}`,
      kserve: kserveFor({ rendered, known: kserveVersions() }),
      signal: terminal.signal,
      onProgress: (message: string) => terminal.err(`${message}\n`),
    }
    return withThrowAway(options, ({ kubeconfig, context }) =>
      tryAll({ kubeconfig, context }, rendered),
    )
  }
}
