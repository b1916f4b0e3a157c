import { at, number, type KubeObject } from '../../object/index.ts'
import { conditionOf } from '../conditions.ts'
import { unobserved } from '../observed.ts'
import { unseen, unsettled } from '../reported.ts'
import { lacking, unfinished } from '../rollout.ts'
import { plural } from '../../words/index.ts'
import type { Rule } from './rule.ts'

const CONTROLLER = 'the LeaderWorkerSet controller'

/**
 * Ready when as many groups as wanted are ready and, above the partition, updated. It has no condition that says failed: its
 * pods do (lws, pkg/controllers/leaderworkerset_controller.go). Older controllers write no generation.
 */
export const assessLeaderWorkerSet: Rule = inquiry => {
  const { object } = inquiry
  const available = conditionOf(object, 'Available')
  const progress = conditionOf(object, 'Progressing')
  if (available === undefined && progress === undefined) return unseen(inquiry, CONTROLLER)
  const isCounted = at(object, 'status', 'observedGeneration') !== undefined
  const waiting = isCounted ? unobserved(inquiry) : undefined
  if (waiting !== undefined) return waiting
  const lack = lackingGroups(object)
  if (lack !== undefined) return unfinished(inquiry, lack)
  if (available?.status !== 'True') return unfinished(inquiry, 'groups are being updated')
  const settled = isCounted ? undefined : unsettled(inquiry, available, CONTROLLER)
  return settled ?? { state: 'ready', message: `${plural(replicasOf(object), 'group')} ready` }
}

function lackingGroups(object: KubeObject): string | undefined {
  const replicas = replicasOf(object)
  const partition = count(
    object,
    'spec',
    'rolloutStrategy',
    'rollingUpdateConfiguration',
    'partition',
  )
  return (
    lacking(count(object, 'status', 'updatedReplicas'), replicas - partition, 'groups updated') ??
    lacking(count(object, 'status', 'readyReplicas'), replicas, 'groups ready')
  )
}

function replicasOf(object: KubeObject): number {
  return number(at(object, 'spec', 'replicas')) ?? 1
}

function count(object: KubeObject, ...path: string[]): number {
  return number(at(object, ...path)) ?? 0
}
