import { gpuKindsIn } from '../../kinds/index.ts'
import { at, type KubeObject } from '../../object/index.ts'
import { listOf } from '../../words/index.ts'
import type { Pods } from './pods.ts'
import { rolloutOf } from './rollout-bounds.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'

/** An update can go on: with the GPUs that the spec says are there, and at all (T5). */
export const gpuRollout: Rule = {
  id: 'gpu-rollout',
  find: view => {
    const among = view.all.map(({ object }) => object)
    return view.pods.map(pods => [needsSpareGpu(pods, among), cannotMove(pods)])
  },
}

function needsSpareGpu(pods: Pods, among: readonly KubeObject[]): Findings {
  const { workload, endpoint, replicas } = pods
  const { rollout } = endpoint.spec
  const gpus = [...gpuKindsIn(workload.object, among)].map(
    ([kind, count]) => `${count} more ${kind}`,
  )
  const moves = rolloutOf(pods)
  const stuck = moves !== undefined && moves.unavailable === 0 && moves.surge > 0 && replicas > 0
  if (rollout.spareGpu || gpus.length === 0 || !stuck) return []
  return {
    rendering: workload,
    field: 'spec.rollout',
    message: `an update of ${nameOf(workload)} first starts a pod with ${listOf(gpus)}, and the spec says there are none to spare`,
    cause: 'The new pod would stay Pending until the old one goes, which waits for the new one.',
    remedy: 'Leave maxSurge and maxUnavailable out, or set strategy: Recreate, or spareGpu: true.',
  }
}

function cannotMove(pods: Pods): Findings {
  const bounds = at(pods.strategy, 'rollingUpdate')
  const [surge, unavailable] = [at(bounds, 'maxSurge'), at(bounds, 'maxUnavailable')]
  if (!isZero(surge) || !isZero(unavailable)) return []
  return {
    rendering: pods.workload,
    field: 'spec.rollout',
    message: `an update of ${nameOf(pods.workload)} may neither add a pod nor take one away`,
    cause: 'The API server refuses maxSurge 0 together with maxUnavailable 0.',
    remedy: 'Set one of them to 1 or more.',
  }
}

function isZero(bound: unknown): boolean {
  return bound === 0 || bound === '0' || bound === '0%'
}
