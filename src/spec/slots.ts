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

/** Both names of an endpoint's pods, whichever serve. */
export function slotNames(name: string): [own: string, other: string] {
  return [name, `${name}-b`]
}

export function otherSlot(slot: unknown): Slot {
  return slot === 'b' ? 'a' : 'b'
}
