import type { KubeObject } from '../../object/index.ts'
import type { KubeEvent } from '../shapes.ts'
import { eventCount, eventText, eventTime, viewOf } from '../view.ts'

/** Events about the objects, as plain rows. */
export function eventsIn(events: readonly KubeObject[], objects: readonly KubeObject[]) {
  const view = viewOf(events)
  return objects.flatMap(object => view.eventsOf(object).map(event => rowOf(event, object)))
}

function rowOf(event: KubeEvent, { kind, metadata }: KubeObject) {
  return {
    time: eventTime(event) ?? '',
    type: event.type ?? '',
    reason: event.reason ?? '',
    object: `${kind}/${metadata.name}`,
    count: eventCount(event),
    message: eventText(event),
  }
}
