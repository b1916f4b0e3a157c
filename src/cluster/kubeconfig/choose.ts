import { existsSync, readFileSync } from 'node:fs'
import { isIPv6 } from 'node:net'
import { failure } from '../../problem/index.ts'
import { publicUrl } from '../../secret/index.ts'
import { IN_CLUSTER, locateKubeconfig } from './locate.ts'
import { readKubeconfig, type ClusterEntry, type Kubeconfig, type UserEntry } from './read.ts'

/** One way to one API server: what a context stands for. */
export interface Access {
  context: string
  server: URL
  /** The context's own; what users mean when they give no namespace. */
  namespace?: string
  cluster: ClusterEntry
  user: UserEntry
}

export interface Choice {
  kubeconfig?: string
  context?: string
  environment: NodeJS.ProcessEnv
}

/** The API server to talk to. Throws a SlipwayError with code `kubeconfig`. */
export function chooseAccess({ kubeconfig, context, environment }: Choice): Access {
  const location = locateKubeconfig(kubeconfig, environment)
  if (location.from === 'files')
    return fromKubeconfig(readKubeconfig(location.files, location.required), context)
  if (location.from === 'in-cluster' && context === undefined) return inCluster(environment)
  const looked =
    location.from === 'nowhere' && location.looked.length > 0
      ? ` (looked for ${location.looked.join(', ')})`
      : ''
  throw failure(
    'kubeconfig',
    `no kubeconfig was found${looked}${context === undefined ? '' : `, so there is no context "${context}"`}`,
    {
      remedy:
        'Give one with --kubeconfig or the environment variable KUBECONFIG, or start a local cluster: slipway sandbox up.',
    },
  )
}

function fromKubeconfig(config: Kubeconfig, asked: string | undefined): Access {
  const context = asked ?? config.currentContext
  if (context === undefined) throw noContext(config)
  const entry = config.contexts.get(context)
  if (entry === undefined) throw unknownContext(config, context)
  const cluster = config.clusters.get(entry.cluster ?? '')
  if (cluster === undefined) throw dangling(config, context, `the cluster "${entry.cluster ?? ''}"`)
  const user = entry.user === undefined || entry.user === '' ? {} : config.users.get(entry.user)
  if (user === undefined) throw dangling(config, context, `the user "${entry.user}"`)
  const server = serverOf(config, context, cluster)
  return { context, server, cluster, user, ...(entry.namespace && { namespace: entry.namespace }) }
}

function serverOf(config: Kubeconfig, context: string, { server }: ClusterEntry): URL {
  if (server !== undefined && URL.canParse(server)) {
    const url = new URL(server)
    if (url.protocol === 'https:' || url.protocol === 'http:') return url
  }
  throw failure(
    'kubeconfig',
    `the context "${context}" has no usable server address: ${server === undefined ? 'none given' : publicUrl(server)}`,
    {
      cause: `in ${config.files.join(', ')}`,
      remedy:
        'Set clusters[].cluster.server to the address of the API server, for example https://10.0.0.1:6443.',
    },
  )
}

function noContext(config: Kubeconfig) {
  return failure('kubeconfig', `no context is chosen: the kubeconfig has no current-context`, {
    cause: known(config),
    remedy: 'Name one with --context, or in the environment of slipway.yaml.',
  })
}

function unknownContext(config: Kubeconfig, context: string) {
  return failure('kubeconfig', `the kubeconfig has no context "${context}"`, {
    cause: known(config),
    remedy:
      'Name one of these with --context or in the environment of slipway.yaml, or give another kubeconfig.',
  })
}

function known({ contexts, files }: Kubeconfig): string {
  const names = [...contexts.keys()].map(name => `"${name}"`)
  return `${files.join(', ')} ${names.length === 0 ? 'has no contexts' : `has ${names.join(', ')}`}`
}

function dangling(config: Kubeconfig, context: string, what: string) {
  return failure(
    'kubeconfig',
    `the context "${context}" points at ${what}, which the kubeconfig does not have`,
    {
      cause: `in ${config.files.join(', ')}`,
      remedy: 'Repair the kubeconfig, or choose another context.',
    },
  )
}

/** https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ */
function inCluster(environment: NodeJS.ProcessEnv): Access {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '443' } = environment
  const namespace = existsSync(IN_CLUSTER.namespace)
    ? readFileSync(IN_CLUSTER.namespace, 'utf8').trim()
    : undefined
  return {
    context: 'in-cluster',
    server: new URL(`https://${isIPv6(host) ? `[${host}]` : host}:${port}`),
    cluster: { 'certificate-authority': IN_CLUSTER.certificateAuthority },
    user: { tokenFile: IN_CLUSTER.token },
    ...(namespace === undefined ? {} : { namespace }),
  }
}
