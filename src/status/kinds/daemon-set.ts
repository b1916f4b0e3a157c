import type { KubeObject } from '../../object/index.ts'
import { unobserved } from '../observed.ts'
import { lacking, ready, unfinished } from '../rollout.ts'
import type { Rule } from './rule.ts'

interface DaemonSet extends KubeObject {
  spec?: { updateStrategy?: { type?: string } }
  status?: {
    desiredNumberScheduled?: number
    updatedNumberScheduled?: number
    numberAvailable?: number
  }
}

/** Ready when every node that is meant runs an available pod of the present template. */
export const assessDaemonSet: Rule = inquiry => {
  const waiting = unobserved(inquiry)
  if (waiting !== undefined) return waiting
  const { spec, status = {} }: DaemonSet = inquiry.object
  const {
    desiredNumberScheduled: wanted = 0,
    updatedNumberScheduled = 0,
    numberAvailable = 0,
  } = status
  const message =
    (spec?.updateStrategy?.type === 'OnDelete'
      ? undefined
      : lacking(updatedNumberScheduled, wanted, 'pods updated')) ??
    lacking(numberAvailable, wanted, 'pods available')
  if (message !== undefined) return unfinished(inquiry, message)
  return wanted === 0 ? { state: 'ready', message: 'no node is selected' } : ready(wanted)
}
