import { spawn, type SpawnOptionsWithoutStdio } from 'node:child_process'
import type { RequestOptions } from 'node:https'
import type { ExecAuth } from '@kubernetes/client-node/dist/exec_auth.js'
import { maskStream, maskText } from '../../secret/index.ts'
import { ClusterError } from '../failure/failure.ts'
import type { Access } from '../kubeconfig/choose.ts'
import type { ExecEntry } from '../kubeconfig/read.ts'
import type { OnMessage, Proof, SignIn } from './proof.ts'
import { tlsOptions } from './tls.ts'

/** https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins */
export function execPlugin(access: Access, exec: ExecEntry, onMessage: OnMessage): SignIn {
  const user = {
    name: access.context,
    exec: { ...exec, args: exec.args ?? [], env: [...(exec.env ?? []), execInfo(access, exec)] },
  }
  let plugin: ExecAuth | undefined
  return async again => {
    // Only the plugin runner is loaded: the library as a whole costs a third of a second.
    const library = await import('@kubernetes/client-node/dist/exec_auth.js')
    if (plugin === undefined || again) plugin = listenTo(new library.ExecAuth(), onMessage)
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
function execInfo(access: Access, exec: ExecEntry) {
  const { server, cluster } = access
  const { ca } = tlsOptions(access)
  const spec = {
    interactive: false,
    ...(exec.provideClusterInfo === true && {
      cluster: {
        server: server.href.replace(/\/$/, ''),
        ...(Buffer.isBuffer(ca) && { 'certificate-authority-data': ca.toString('base64') }),
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

/** The library keeps what plugins say to itself until they end; people must see it while they wait. */
function listenTo(plugin: ExecAuth, onMessage: OnMessage): ExecAuth {
  const execFn = (command: string, args: string[], options: SpawnOptionsWithoutStdio) => {
    const child = spawn(command, args, options)
    child.stdin.end()
    const messages = maskStream(text => onMessage?.(text))
    child.stderr.on('data', messages.take).on('end', messages.end)
    return child
  }
  Reflect.set(plugin, 'execFn', execFn)
  return plugin
}

function pluginFailed({ command, installHint = '' }: ExecEntry, error: unknown): ClusterError {
  const message = `the credential plugin "${command}" of the kubeconfig failed: ${reasonOf(error, installHint)}`
  // The error itself is not passed on: that of the JSON parser quotes what it read, which may be a token.
  return new ClusterError({ type: 'unauthorized', status: 0, message })
}

function reasonOf(error: unknown, installHint: string): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return `it is not installed. ${installHint}`.trim()
  if (error instanceof SyntaxError || error instanceof TypeError)
    return 'its output is not an ExecCredential'
  const [reason = 'it gave no reason'] = message.split('\n').filter(line => line.trim() !== '')
  return maskText(reason).slice(0, 300)
}
