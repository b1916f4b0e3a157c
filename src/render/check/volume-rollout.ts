import { PERSISTENT_VOLUME_CLAIM } from '../../kinds/index.ts'
import { at, entries, text } from '../../object/index.ts'
import type { Pods } from './pods.ts'
import { rolloutOf } from './rollout-bounds.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'
import type { View } from './view.ts'

/** An update can go on with the volumes that its pods mount: the new pod does not wait for one that the old pod holds. */
export const volumeRollout: Rule = {
  id: 'volume-rollout',
  find: view => view.pods.flatMap(pods => heldClaims(pods, view)),
}

function heldClaims(pods: Pods, view: View): Findings {
  const { workload, replicas } = pods
  const moves = rolloutOf(pods)
  const isKept = moves !== undefined && moves.unavailable === 0 && moves.surge > 0 && replicas > 0
  if (!isKept) return []
  return claimsOf(pods, view).flatMap(({ name, modes }) => {
    const isOfOnePod = modes.every(mode => mode === 'ReadWriteOncePod')
    const isOfOneNode = modes.every(mode => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod')
    if (!isOfOneNode) return []
    return {
      rendering: workload,
      field: 'spec.rollout',
      subject: name,
      ...(isOfOnePod ? {} : { severity: 'warning' as const }),
      message: `an update of ${nameOf(workload)} first starts a pod with the claim ${name}, which one ${isOfOnePod ? 'pod' : 'node'} alone may use (${modes.join(', ')}), and keeps the old pod until the new one serves`,
      cause: isOfOnePod
        ? 'The new pod would wait for the volume of the old one, which waits for the new one.'
        : 'On another node than the old pod, the new one would wait for its volume without end.',
      remedy:
        'Set rollout: {strategy: Recreate}, so that the old pod goes first, or use a claim of access mode ReadWriteMany.',
    }
  })
}

/** Claims that are rendered: of others the access modes are not known here. */
function claimsOf({ spec, namespace }: Pods, view: View): { name: string; modes: string[] }[] {
  return entries(at(spec, 'volumes')).flatMap(volume => {
    const name = text(at(volume, 'persistentVolumeClaim', 'claimName'))
    const claim = name && view.find(PERSISTENT_VOLUME_CLAIM.kind, namespace, name)
    const modes = claim ? at(claim.object, 'spec', 'accessModes') : undefined
    if (!name || !Array.isArray(modes) || modes.length === 0) return []
    return { name, modes: modes.map(String) }
  })
}
