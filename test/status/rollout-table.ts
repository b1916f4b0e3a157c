import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { assess, viewOf, type Verdict } from '../../src/status/index.ts'
import { deployment, pod, READY_STATUS, replicaSet } from './build.ts'

export const SINCE = '2026-11-21T10:00:00.400Z'
const NOW = '2026-11-21T10:05:00Z'
export const BEFORE = '2026-11-21T09:00:00Z'
export const AFTER = '2026-11-21T10:04:00Z'

interface Row {
  object: KubeObject
  related?: KubeObject[]
  since?: string
  state: Verdict['state']
  message: string | RegExp
  cause?: string
}

export function row(title: string, make: () => Row): void {
  test(title, t => {
    const { object, related = [], since = SINCE, state, message, cause } = make()
    const verdict = assess({ object, related: viewOf(related), since, now: NOW })
    t.is(verdict.state, state, verdict.message)
    if (typeof message === 'string') t.is(verdict.message, message)
    else t.regex(verdict.message, message)
    t.is(verdict.diagnosis?.cause, cause)
  })
}

/** A rollout from revision 1 to 2, with the new pods in the given state. */
export function rollout(input: {
  status?: Record<string, unknown>
  newPods: Record<string, unknown>[]
  oldPods?: Record<string, unknown>[]
  replicas?: number
}): { object: KubeObject; related: KubeObject[] } {
  const { status, newPods, oldPods = [], replicas = newPods.length } = input
  const object = deployment({
    replicas,
    status: { availableReplicas: 0, readyReplicas: 0, ...status },
  })
  const older = replicaSet(object, { revision: 1, image: 'old:1', replicas: oldPods.length })
  const newer = replicaSet(object, {
    revision: 2,
    replicas: newPods.length,
    status: { availableReplicas: newPods.filter(each => each === READY_STATUS).length },
  })
  const pods = [
    ...newPods.map((each, index) => pod(`chat-new-${index}`, { owner: newer, status: each })),
    ...oldPods.map((each, index) => pod(`chat-old-${index}`, { owner: older, status: each })),
  ]
  return { object, related: [older, newer, ...pods] }
}
