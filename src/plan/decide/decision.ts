import type { Cluster } from '../../cluster/index.ts'
import { waveOf } from '../../kinds/index.ts'
import { refOf, defined, type KubeObject } from '../../object/index.ts'
import type { Problem } from '../../problem/index.ts'
import type { RenderedObject } from '../../render/index.ts'
import type { NotStored } from '../../trial/index.ts'
import type { Action } from '../action.ts'
import type { Leftover } from './leftovers.ts'
import { restartsPods } from './restarts.ts'

/** What is to be done about one desired object: nothing, an action, or problems (with an action where one can be shown). */
export interface Decision {
  action?: Action
  problems: Problem[]
  /** The live object, and as the action leaves it. */
  outcome?: Outcome
  /** What the object keeps beside git. */
  leftover?: Leftover
  /** What the API server would leave out of it. */
  notStored?: NotStored | undefined
  /** Worked out here, because the API server may not be asked. */
  untried?: true
}

export interface Outcome {
  live: KubeObject
  result: KubeObject
}

export interface DecideInput {
  cluster: Cluster
  rendered: RenderedObject
  /** The live object, of the set or not; undefined when there is none. */
  live: KubeObject | undefined
  setId: string
  forceConflicts: boolean
  /** Take over what others hold alone, too. */
  takeFields: boolean
  /** The fewest replicas that its autoscaler allows. */
  begins?: number | undefined
  /** The fewest replicas of a new HorizontalPodAutoscaler, which never scales up from 0 that others left. */
  least?: number | undefined
  /** How many replicas serve now in whose place this one does from now on. */
  takingOver?: number | undefined
  /** The autoscaler of this object goes with this plan. */
  losesAutoscaler: boolean
  /** Whether a creation is tried by a dry-run; false when its namespace does not exist yet. */
  tryCreations: boolean
  /** Where a dry-run is forbidden, its answer is predicted; otherwise that is a problem. */
  mayPredict: boolean
}

export interface ActionInput {
  type: Action['type']
  reason: string
  live?: KubeObject
  changes?: Action['changes']
  force?: boolean
  migrate?: string[]
  replicas?: number | undefined
  previous?: KubeObject | undefined
  terminating?: boolean
}

export function actionFor({ rendered }: DecideInput, input: ActionInput): Action {
  const { live, changes = [], ...rest } = input
  const ref = refOf(rendered.object)
  const replaces =
    input.type === 'replace' && restartsPods(rendered.object, [{ path: 'spec.template' }])
  return defined({
    ...rest,
    ref,
    endpoint: rendered.endpoint.name,
    wave: waveOf(ref),
    desired: rendered.object,
    changes,
    restartsPods: replaces || restartsPods(rendered.object, changes),
    uid: live?.metadata.uid,
    version: input.type === 'replace' ? undefined : live?.metadata.resourceVersion,
  })
}
