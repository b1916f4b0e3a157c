import { createSecureContext } from 'node:tls'
import type { Access } from '../kubeconfig/choose.ts'
import type { Proof } from './proof.ts'
import { ownPair } from './tls.ts'

/**
 * The client certificate and its key, where the kubeconfig names files: those are rotated, and a process that waits for hours must
 * not go on with the ones that it began with. Two files are rarely written in one step: halves that do not belong together are left
 * for the pair before. Throws a SlipwayError with code `kubeconfig` when a file cannot be read.
 */
export function clientPair(access: Access, before: Proof | undefined): Pick<Proof, 'cert' | 'key'> {
  const { user } = access
  if (!user['client-certificate'] && !user['client-key']) return {}
  const { cert, key } = ownPair(access)
  if (cert === undefined || key === undefined) return {}
  const pair = { cert: cert.toString(), key: key.toString() }
  const isKnown = before?.cert === pair.cert && before.key === pair.key
  if (isKnown || before?.cert === undefined || isPair(pair)) return pair
  return { cert: before.cert, ...(before.key !== undefined && { key: before.key }) }
}

function isPair(pair: { cert: string; key: string }): boolean {
  try {
    createSecureContext(pair)
    return true
  } catch {
    return false
  }
}
