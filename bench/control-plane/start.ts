import { join, resolve } from 'node:path'
import type { Document } from 'yaml'
import { down, up, type Sandbox } from '../../src/sandbox/index.ts'
import { stopComponent } from '../../test/support/sandbox-trouble.ts'

export interface ControlPlane {
  sandbox: Sandbox
  /** One line of JSON per request. */
  auditLog: string
  stop: () => Promise<void>
}

interface StartInput {
  /** Of several at once, which one. */
  environment?: string
  /** For the kubeconfig and the audit log. */
  folder: string
  signal: AbortSignal
  onProgress: (message: string) => void
}

/**
 * The sandbox, with an audit log and without the controllers that would make pods and endpoint slices of the workload: the
 * two cores are the client's and the API server's. Garbage collection runs, for foreground deletion is finished by it, and
 * without its client's default of 20 requests a second, which would be all that is measured.
 */
export async function startControlPlane(input: StartInput): Promise<ControlPlane> {
  const { environment, folder, ...rest } = input
  const name = ['bench', process.pid, environment].filter(part => part !== undefined).join('-')
  const auditLog = join(folder, 'audit.log')
  const kubeconfig = join(folder, 'kubeconfig')
  const configure = (configuration: Document) => addPatches(configuration, auditLog)
  const stop = () => down({ name })
  try {
    const sandbox = await up({ name, kubeconfig, configure, ...rest })
    await stopComponent({ name, component: 'kube-scheduler' })
    await stopComponent({ name, component: 'kwok-controller' })
    return { sandbox, auditLog, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The namespaces' controllers keep house between runs. */
const CONTROLLERS = [
  'garbage-collector-controller',
  'namespace-controller',
  'serviceaccount-controller',
]

function addPatches(configuration: Document, auditLog: string): void {
  const flags = {
    'kube-apiserver': {
      'audit-log-path': auditLog,
      'audit-policy-file': resolve(import.meta.dirname, 'audit-policy.yaml'),
      // It is read while it grows: it must not be rotated.
      'audit-log-maxsize': '100000',
    },
    'kube-controller-manager': {
      controllers: CONTROLLERS.join(','),
      'kube-api-qps': '1000',
      'kube-api-burst': '1000',
    },
  }
  for (const [name, args] of Object.entries(flags)) {
    const extraArgs = Object.entries(args).map(([key, value]) => ({ key, value }))
    configuration.addIn(['componentsPatches'], configuration.createNode({ name, extraArgs }))
  }
}
