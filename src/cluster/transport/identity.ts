import type { Agent } from 'node:http'
import type { Access } from '../kubeconfig/choose.ts'

/** What a request needs to get there and to be let in. */
export interface Identity {
  headers: Record<string, string | string[]>
  agent: Agent
}

export interface Credentials {
  /** A promise only where somebody has to be asked. */
  current: () => Identity | Promise<Identity>
  /** The API server refused that identity (401): asks for a new one, once for all who had the same. */
  renew: (refused: Identity) => void
  close: () => void
}

/** https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation */
export function impersonation({ user }: Access): Identity['headers'] {
  const extra = Object.entries(user['as-user-extra'] ?? {})
  return {
    ...(user.as && { 'Impersonate-User': user.as }),
    ...(user['as-uid'] && { 'Impersonate-Uid': user['as-uid'] }),
    ...(user['as-groups']?.length && { 'Impersonate-Group': user['as-groups'] }),
    ...Object.fromEntries(
      extra.map(([key, values]) => [`Impersonate-Extra-${encodeURIComponent(key)}`, values]),
    ),
  }
}
