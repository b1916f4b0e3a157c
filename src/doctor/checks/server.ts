import { kubernetesMinor } from '../../object/index.ts'
import { about, type Check, type Finding } from '../finding.ts'

/** The oldest minor version of Kubernetes that slipway is tried on is 1.34; what it uses has been stable since this one. */
const OLDEST_MINOR = 27

/** Certificates and tokens are judged by our clock; ages and the lock go by the API server's. */
const MOST_SKEW_SECONDS = 5

export const server: Check = async ({ cluster }) => [versionOf(cluster.version), clock(cluster)]

function versionOf(version: string): Finding {
  const say = about('API server')
  const minor = kubernetesMinor(version)
  if (Number.isNaN(minor)) return say.unseen('it does not report its version')
  if (minor >= OLDEST_MINOR) return say.ok(version)
  return say.warning(
    `${version} is older than 1.${OLDEST_MINOR}`,
    'Update the cluster: slipway is not tested with versions this old.',
  )
}

function clock({ serverTime }: { serverTime: () => Date }): Finding {
  const say = about('clock')
  const skew = Math.round((Date.now() - serverTime().getTime()) / 1000)
  const size = Math.abs(skew)
  if (size <= MOST_SKEW_SECONDS) return say.ok('agrees with that of the API server')
  return say.warning(
    `this machine's clock is ${size} s ${skew > 0 ? 'ahead of' : 'behind'} that of the API server`,
    'Synchronise it (timedatectl set-ntp true): certificates and tokens are judged by it.',
  )
}
