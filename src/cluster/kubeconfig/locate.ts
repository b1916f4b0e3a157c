import { existsSync } from 'node:fs'
import { join, delimiter } from 'node:path'

export type Location =
  | {
      from: 'files'
      files: string[]
      /** Files that are missing are an error, not passed over. */ required: boolean
    }
  | { from: 'in-cluster' }
  | { from: 'nowhere'; looked: string[] }

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'

export const IN_CLUSTER = {
  token: `${SERVICE_ACCOUNT}/token`,
  certificateAuthority: `${SERVICE_ACCOUNT}/ca.crt`,
  namespace: `${SERVICE_ACCOUNT}/namespace`,
} as const

/**
 * Where the kubeconfig is, in kubectl's order: the flag, KUBECONFIG (several files, missing ones passed over),
 * ~/.kube/config, the pod's service account.
 */
export function locateKubeconfig(
  flag: string | undefined,
  environment: NodeJS.ProcessEnv,
): Location {
  if (flag !== undefined) return { from: 'files', files: [flag], required: true }
  const named = (environment.KUBECONFIG ?? '').split(delimiter).filter(file => file !== '')
  if (named.length > 0)
    return named.some(file => existsSync(file))
      ? { from: 'files', files: named, required: false }
      : { from: 'nowhere', looked: named }
  const usual = environment.HOME === undefined ? [] : [join(environment.HOME, '.kube', 'config')]
  if (usual.some(file => existsSync(file))) return { from: 'files', files: usual, required: true }
  const inCluster =
    environment.KUBERNETES_SERVICE_HOST !== undefined && existsSync(IN_CLUSTER.token)
  return inCluster ? { from: 'in-cluster' } : { from: 'nowhere', looked: usual }
}
