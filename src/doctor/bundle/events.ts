import type { KubeObject } from '../../object/index.ts'
import { maskText } from '../../secret/index.ts'
import { eventsIn } from '../../status/index.ts'

export interface TimedEvent {
  /** ISO; empty when the event has none. */
  time: string
  type: string
  reason: string
  /** `Pod/chat-1` */
  object: string
  count: number
  message: string
}

/** Events about the given objects, in the order in which they last happened. */
export function eventsAbout(
  events: readonly KubeObject[],
  objects: readonly KubeObject[],
): TimedEvent[] {
  return eventsIn(events, objects)
    .map(event => ({ ...event, message: maskText(event.message) }))
    .toSorted((a, b) => (a.time < b.time ? -1 : 1))
}
