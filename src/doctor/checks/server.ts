import { kubernetesMinor } from '../../object/index.ts'
import type { Check, Finding } from '../finding.ts'

/** The oldest minor version of Kubernetes that slipway is tried on is 1.34; what it uses has been stable since this one. */
const OLDEST_MINOR = 27

/** Certificates and tokens are judged by our clock; ages and the lock go by the API server's. */
const MOST_SKEW_SECONDS = 5

export const server: Check = async ({ cluster }) => [versionOf(cluster.version), clock(cluster)]

function versionOf(version: string): Finding {
  const check = 'API server'
  const minor = kubernetesMinor(version)
  if (Number.isNaN(minor))
    return { check, state: 'unseen', message: 'it does not report its version' }
  if (minor >= OLDEST_MINOR) return { check, state: 'ok', message: version }
  return {
    check,
    state: 'warning',
    message: `${version} is older than 1.${OLDEST_MINOR}`,
    remedy: 'Update the cluster: slipway is not tested with versions this old.',
  }
}

function clock({ serverTime }: { serverTime: () => Date }): Finding {
  const check = 'clock'
  const skew = Math.round((Date.now() - serverTime().getTime()) / 1000)
  const size = Math.abs(skew)
  if (size <= MOST_SKEW_SECONDS)
    return { check, state: 'ok', message: 'agrees with that of the API server' }
  return {
    check,
    state: 'warning',
    message: `this machine's clock is ${size} s ${skew > 0 ? 'ahead of' : 'behind'} that of the API server`,
    remedy: 'Synchronise it (timedatectl set-ntp true): certificates and tokens are judged by it.',
  }
}
