import { REPLICA_SET, isOf } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { conditionOf } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import { isNew } from '../times.ts'
import { podMakers } from '../tree.ts'
import { eventText, eventTime } from '../view.ts'
import { cleaned } from '../wording.ts'

/** The API server did not let a controller create a pod. */
export interface Refusal {
  /** The controller: newest ReplicaSet, StatefulSet, … */
  maker: KubeObject
  message: string
  /** When it began, or was last seen. */
  time: string | undefined
  /** After our write. */
  isNew: boolean
  /** `ReplicaSet chat-7d9f: FailedCreate: …` */
  evidence: string
}

/** The present refusal of the newest pods: ReplicaSets say it in a condition, other controllers only in events. */
export function refusalOf(inquiry: Inquiry): Refusal | undefined {
  for (const maker of podMakers(inquiry.object, inquiry.related)) {
    const found = isOf(maker, REPLICA_SET) ? fromCondition(maker) : fromEvents(maker, inquiry)
    if (found === undefined) continue
    const message = found.message.replace(/^Error creating: /, '')
    return {
      maker,
      message,
      time: found.time,
      isNew: isNew(found.time, inquiry.since),
      evidence: `${maker.kind} ${maker.metadata.name}: FailedCreate: ${cleaned(message, 500)}`,
    }
  }
  return undefined
}

interface Found {
  message: string
  time: string | undefined
}

function fromCondition(maker: KubeObject): Found | undefined {
  const condition = conditionOf(maker, 'ReplicaFailure')
  if (condition?.status !== 'True' || condition.reason !== 'FailedCreate') return undefined
  return { message: condition.message ?? '', time: condition.lastTransitionTime }
}

function fromEvents(maker: KubeObject, { related }: Inquiry): Found | undefined {
  const last = related
    .eventsOf(maker)
    .findLast(({ reason }) => reason === 'FailedCreate' || reason === 'SuccessfulCreate')
  return last?.reason === 'FailedCreate'
    ? { message: eventText(last), time: eventTime(last) }
    : undefined
}
