import { readFileSync } from 'node:fs'
import type { RequestOptions } from 'node:https'
import type { ExecAuth } from '@kubernetes/client-node/dist/exec_auth.js'
import { failure } from '../../problem/index.ts'
import { ClusterError } from '../failure.ts'
import type { Access } from '../kubeconfig/choose.ts'
import type { ExecEntry } from '../kubeconfig/read.ts'

/** A proof of who we are: a header, a client certificate, or both. */
export interface Proof {
  authorization?: string
  cert?: string
  key?: string
}

/** Gives the present proof; `again` forgets what was remembered. */
export type SignIn = (again: boolean) => Promise<Proof>

/** How this user signs in: token, token file, exec plugin, password; nothing when the client certificate says it all. */
export function signInOf(access: Access): SignIn {
  const { user } = access
  if (user.exec) return execPlugin(access, user.exec)
  if (user.tokenFile) return tokenFile(access.context, user.tokenFile)
  return async () => staticProof(user)
}

function staticProof({ token, username, password = '' }: Access['user']): Proof {
  if (token) return { authorization: `Bearer ${token.trim()}` }
  if (!username) return {}
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` }
}

/** Service account tokens are rotated in place; client-go looks once a minute. */
const TOKEN_FILE_SECONDS = 60

function tokenFile(context: string, file: string): SignIn {
  let proof: Proof | undefined
  let readAt = 0
  return async again => {
    const isFresh = performance.now() - readAt < TOKEN_FILE_SECONDS * 1000
    if (proof !== undefined && isFresh && !again) return proof
    proof = { authorization: `Bearer ${readToken(context, file)}` }
    readAt = performance.now()
    return proof
  }
}

function readToken(context: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw failure(
      'kubeconfig',
      `the token file of the context "${context}" cannot be read: ${file}`,
      {
        error,
        cause: (error as NodeJS.ErrnoException).code ?? '',
        remedy: 'Repair the kubeconfig, or choose another context.',
      },
    )
  }
}

/** https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins */
function execPlugin(access: Access, exec: ExecEntry): SignIn {
  const user = {
    name: access.context,
    exec: { ...exec, args: exec.args ?? [], env: [...(exec.env ?? []), execInfo(access, exec)] },
  }
  let plugin: ExecAuth | undefined
  return async again => {
    // Only the plugin runner is loaded: the library as a whole costs a third of a second.
    const library = await import('@kubernetes/client-node/dist/exec_auth.js')
    if (plugin === undefined || again) plugin = new library.ExecAuth()
    const options: RequestOptions = {}
    try {
      await plugin.applyAuthentication(user, options)
    } catch (error) {
      throw pluginFailed(exec, error)
    }
    return proofOf(options)
  }
}

/** Plugins such as gke-gcloud-auth-plugin refuse to run without it; client-node does not set it. */
function execInfo({ server, cluster }: Access, exec: ExecEntry) {
  const spec = {
    interactive: false,
    ...(exec.provideClusterInfo === true && {
      cluster: {
        server: server.href.replace(/\/$/, ''),
        'certificate-authority-data': cluster['certificate-authority-data'],
        'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
        'tls-server-name': cluster['tls-server-name'],
      },
    }),
  }
  return {
    name: 'KUBERNETES_EXEC_INFO',
    value: JSON.stringify({ apiVersion: exec.apiVersion, kind: 'ExecCredential', spec }),
  }
}

function proofOf({ headers, cert, key }: RequestOptions): Proof {
  const authorization = (headers as Record<string, string> | undefined)?.Authorization
  return {
    ...(authorization !== undefined && { authorization }),
    ...(typeof cert === 'string' && { cert }),
    ...(typeof key === 'string' && { key }),
  }
}

function pluginFailed({ command, installHint }: ExecEntry, error: unknown): ClusterError {
  const { code, message } = error as NodeJS.ErrnoException
  const [reason = 'it gave no reason'] = message.split('\n').filter(line => line.trim() !== '')
  const said =
    code === 'ENOENT' ? `it is not installed. ${installHint ?? ''}`.trim() : reason.slice(0, 300)
  return new ClusterError(
    {
      type: 'unauthorized',
      status: 0,
      message: `the credential plugin "${command}" of the kubeconfig failed: ${said}`,
    },
    { cause: error },
  )
}
