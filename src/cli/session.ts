import type { Cluster, Warning } from '../cluster/index.ts'
import type { Environment } from '../spec/index.ts'
import { noticeAsText } from '../report/index.ts'
import type { Notice } from '../report/index.ts'
import { jsonLine } from './json.ts'
import type { Terminal } from './terminal.ts'

export interface ClusterArgs {
  context?: string | undefined
  kubeconfig?: string | undefined
}

export interface SessionInput {
  args: ClusterArgs
  environment: Environment
  terminal: Terminal
  /** How long a webhook that cannot be called is waited for, instead of the cluster room's default. */
  webhookPatienceSeconds?: number | undefined
}

/** Connects to the cluster of an environment, works with it and closes it. */
export async function withCluster<Result>(
  { args, environment, terminal, webhookPatienceSeconds }: SessionInput,
  work: (cluster: Cluster) => Promise<Result>,
): Promise<Result> {
  const { connect } = await import('../cluster/index.ts')
  const context = args.context ?? environment.context
  const cluster = await connect({
    ...(context === undefined ? {} : { context }),
    ...(args.kubeconfig === undefined ? {} : { kubeconfig: args.kubeconfig }),
    signal: terminal.signal,
    ...(webhookPatienceSeconds === undefined ? {} : { webhookPatienceSeconds }),
    onSignIn: message => tell({ type: 'sign-in', message }, terminal),
    onRetry: notice => tell({ type: 'retrying', ...notice }, terminal),
    onWarning: onceEach(warning => tell({ type: 'warning', ...warning }, terminal)),
  })
  try {
    return await work(cluster)
  } finally {
    cluster.close()
  }
}

function tell(notice: Notice, { err, logFormat, paintErr }: Terminal): void {
  const time = new Date().toISOString()
  err(logFormat === 'json' ? jsonLine({ time, ...notice }) : noticeAsText(notice, paintErr))
}

/** The API server says the same of every object of a kind. */
function onceEach(show: (warning: Warning) => void): (warning: Warning) => void {
  const told = new Set<string>()
  return warning => {
    if (told.has(warning.message)) return
    told.add(warning.message)
    show(warning)
  }
}
