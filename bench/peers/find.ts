import type { Sandbox } from '../../src/sandbox/index.ts'
import { fluxPeer } from './flux.ts'
import { helmPeer } from './helm.ts'
import { kappPeer } from './kapp.ts'
import { kubectlPeer } from './kubectl.ts'
import type { Peer } from './peer.ts'
import { rawPeer } from './raw/raw.ts'
import { releasedPeer } from './released.ts'
import { singleFilePeer, slipwayPeer } from './slipway.ts'

const PEERS: Record<string, (sandbox: Sandbox) => Peer | Promise<Peer>> = {
  raw: rawPeer,
  slipway: slipwayPeer,
  'single-file': singleFilePeer,
  released: releasedPeer,
  kapp: kappPeer,
  flux: fluxPeer,
  kubectl: kubectlPeer,
  helm: helmPeer,
}

export const PEER_NAMES = Object.keys(PEERS)

export interface Found {
  peers: Peer[]
  /** Why those are not there. */
  missing: Record<string, string>
}

/** Those that are there or can be built; the others with the reason. */
export async function findPeers(
  names: readonly string[],
  sandbox: Sandbox,
  onProgress: (message: string) => void,
): Promise<Found> {
  const found: Found = { peers: [], missing: {} }
  for (const name of names) {
    try {
      onProgress(`finding ${name}; what has to be built takes minutes the first time`)
      const peer = await PEERS[name]?.(sandbox)
      if (peer !== undefined) found.peers.push(peer)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      onProgress(`without ${name}: ${reason}`)
      found.missing[name] = reason
    }
  }
  return found
}
