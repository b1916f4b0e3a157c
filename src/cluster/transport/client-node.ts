import type { Agent } from 'node:http'
import type { RequestOptions } from 'node:https'
import { ClusterError } from '../failure/failure.ts'
import type { Access } from '../kubeconfig/choose.ts'
import { impersonation, type Credentials, type Identity } from './identity.ts'

/** How long an answer of the library counts: it reads files at each call, and refreshes OIDC tokens itself. */
const FRESH_SECONDS = 10

/** Sign-in by @kubernetes/client-node, for what is rare and not worth having twice: OIDC, GCP and Azure providers, SOCKS proxies. */
export function libraryCredentials(access: Access): Credentials {
  const open = async () => {
    const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js')
    const config = new KubeConfig()
    config.loadFromString(asKubeconfig(access))
    return config
  }
  let config = open()
  let identity: { value: Promise<Identity>; at: number } | undefined
  return {
    current() {
      if (identity === undefined || performance.now() - identity.at > FRESH_SECONDS * 1000)
        identity = { value: ask(config, access), at: performance.now() }
      return identity.value
    },
    renew() {
      config = open()
      identity = undefined
    },
    close() {
      void identity?.value.then(
        ({ agent }) => agent.destroy(),
        () => {},
      )
    },
  }
}

async function ask(
  config: Promise<{ applyToHTTPSOptions: (options: RequestOptions) => Promise<void> }>,
  access: Access,
): Promise<Identity> {
  const options: RequestOptions = {}
  try {
    await (await config).applyToHTTPSOptions(options)
  } catch (error) {
    const message = `signing in with the "${access.user['auth-provider']?.name ?? 'kubeconfig'}" provider failed: ${(error as Error).message}`
    throw new ClusterError({ type: 'unauthorized', status: 0, message }, { cause: error })
  }
  const agent = options.agent as Agent & { keepAlive: boolean }
  // The library's agents open a connection for each request unless told otherwise.
  agent.keepAlive = true
  const basic = options.auth
    ? { Authorization: `Basic ${Buffer.from(options.auth).toString('base64')}` }
    : {}
  return {
    agent,
    headers: { ...(options.headers as Identity['headers']), ...basic, ...impersonation(access) },
  }
}

function asKubeconfig({ context, server, cluster, user: { tokenFile, ...user } }: Access): string {
  // The library knows token files by another name only.
  const tokenProvider =
    tokenFile === undefined ? {} : { 'auth-provider': { name: 'tokenFile', config: { tokenFile } } }
  return JSON.stringify({
    clusters: [{ name: context, cluster: { ...cluster, server: server.href } }],
    users: [{ name: context, user: { ...user, ...tokenProvider } }],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
    'current-context': context,
  })
}
