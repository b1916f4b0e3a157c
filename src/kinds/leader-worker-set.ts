import type { Kind } from './kind.ts'
import { POD } from './pod.ts'
import { STATEFUL_SET } from './stateful-set.ts'

/** Groups of pods that serve one model on several nodes (https://lws.sigs.k8s.io/). */
export const LEADER_WORKER_SET: Kind = {
  apiVersion: 'leaderworkerset.x-k8s.io/v1',
  kind: 'LeaderWorkerSet',
  wave: 'workload',
  makes: [STATEFUL_SET, POD],
}
