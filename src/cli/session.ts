import type { InCluster, RetryNotice, Warning } from '../cluster/index.ts'
import { defined } from '../object/index.ts'
import { jsonLine, noticeAsText, type Notice } from '../report/index.ts'
import { onceEach } from './gathered.ts'
import type { Terminal } from './terminal.ts'

export interface ClusterArgs {
  context?: string | undefined
  kubeconfig?: string | undefined
}

interface SessionInput {
  args: ClusterArgs
  terminal: Terminal
  /** How long a webhook that cannot be called is waited for, instead of the cluster room's default. */
  webhookPatienceSeconds?: number | undefined
}

/**
 * Connects to the cluster of an environment for each piece of work, and closes it after it. To be called before specs are read: Node
 * reads the machine's certificate authorities on another thread from when its tls is loaded, and a first connection waits for them.
 */
export function clustersFor({ args, terminal, webhookPatienceSeconds }: SessionInput): InCluster {
  process.getBuiltinModule('node:tls')
  const { context, kubeconfig } = args
  const options = {
    ...defined({ context, kubeconfig, webhookPatienceSeconds }),
    signal: terminal.signal,
    onSignIn: (message: string) => tell({ type: 'sign-in', message }, terminal),
    onRetry: (notice: RetryNotice) => tell({ type: 'retrying', ...notice }, terminal),
    onWarning: onceEach<Warning>(
      warning => tell({ type: 'warning', ...warning }, terminal),
      ({ message }) => message,
    ),
  }
  return async (target, work) => {
    const { inClusters } = await import('../cluster/index.ts')
    return inClusters(options)(target, work)
  }
}

function tell(notice: Notice, { err, logFormat, paintErr }: Terminal): void {
  const time = new Date().toISOString()
  err(logFormat === 'json' ? jsonLine({ time, ...notice }) : noticeAsText(notice, paintErr))
}
