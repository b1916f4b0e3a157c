import { slotNames } from '../object/index.ts'
import type { Slot } from './schema/canary.ts'

/** What is needed of an endpoint to name its pods. */
export interface Slotted {
  name: string
  spec?: { runtime?: string | undefined; slot?: Slot | undefined }
}

/**
 * The Deployment of an endpoint, and the value of the label by which its pods are found: two names that take turns, so that a candidate
 * becomes the one that serves without being replaced. KServe has its own ways to find pods.
 */
export function workloadName({ name, spec }: Slotted): string {
  const [own, other] = slotNames(name)
  return spec?.runtime === 'deployment' && spec.slot === 'b' ? other : own
}

export function otherSlot(slot: unknown): Slot {
  return slot === 'b' ? 'a' : 'b'
}
