import { cleaned } from '../wording.ts'
import type { PodCause } from './cause.ts'

/** The node or the scheduler ended the pod; its controller makes another. */
export const evicted: PodCause = pod => {
  const { phase, reason = '', message } = pod.status ?? {}
  if (phase !== 'Failed' || reason === '' || reason === 'Error') return undefined
  return {
    cause: 'evicted',
    summary: `pod ${pod.metadata.name} was ended by its node (${reason})${message ? `: ${cleaned(message)}` : ''}`,
    evidence: [`pod ${pod.metadata.name}: ${reason}: ${cleaned(message)}`],
    remedy: remedyFor(reason),
  }
}

function remedyFor(reason: string): string {
  if (reason === 'Evicted')
    return 'request as much memory and ephemeral storage as the pod really needs (resources), or free the node'
  if (reason.startsWith('OutOf') || reason === 'UnexpectedAdmissionError')
    return 'the node had less to give than the scheduler believed: look at its device plugin, another pod is created automatically'
  return 'its controller makes another pod: look at the node if it happens again'
}
