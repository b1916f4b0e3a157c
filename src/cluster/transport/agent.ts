import type { Agent } from 'node:http'
import { createSecureContext, type SecureContextOptions } from 'node:tls'
import { failure } from '../../problem/index.ts'
import type { Access } from '../kubeconfig/choose.ts'
import { http, https } from './node-http.ts'
import { tlsOptions } from './tls.ts'

/** How many idle connections are kept; as many as requests run at once. */
const IDLE_CONNECTIONS = 16

/** TCP keep-alive finds connections whose other end has gone: a watch may be silent for minutes. */
const PROBE_AFTER_MS = 15_000
const IDLE_MS = 30_000

interface AgentInput {
  access: Access
  cert: string | undefined
  key: string | undefined
  proxy: string | undefined
}

/** A pool of connections to the API server, through the proxy if there is one. */
export function openAgent({ access, cert, key, proxy }: AgentInput): Agent {
  const options = {
    keepAlive: true,
    keepAliveMsecs: PROBE_AFTER_MS,
    maxFreeSockets: IDLE_CONNECTIONS,
    // Load balancers forget idle connections without a word; those in use are not concerned.
    timeout: IDLE_MS,
    ...(proxy !== undefined && { proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } }),
  }
  if (access.server.protocol === 'http:') return new (http().Agent)(options)
  const { ca, cert: ownCert, key: ownKey, ...rest } = tlsOptions(access)
  const secureContext = contextOf(access, { ca, cert: cert || ownCert, key: key || ownKey })
  return new (https().Agent)({ ...options, ...rest, secureContext })
}

/** Made once: otherwise each connection reads the certificates anew, and each request names its pool by their whole text. */
function contextOf({ context }: Access, material: SecureContextOptions) {
  try {
    return createSecureContext(material)
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw failure('kubeconfig', `a certificate or key of the context "${context}" is not valid`, {
      error,
      cause,
      remedy: 'Repair the kubeconfig, or fetch it anew.',
    })
  }
}
