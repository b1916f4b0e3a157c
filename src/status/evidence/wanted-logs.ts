import { POD, isOf } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { neverRan } from '../causes/container-start.ts'
import { hasCrashed } from '../causes/crash-loop.ts'
import { isLongUnready } from '../causes/unready.ts'
import { understood } from '../causes/understood.ts'
import { isOutOfMemory } from '../causes/out-of-memory.ts'
import { containersOf, lastEnd, type PodContainer } from '../containers.ts'
import type { Pod } from '../shapes.ts'
import type { WantedLog } from './container-log.ts'

const LINES = 300
/** More of them fail alike. */
const MOST = 20

/** Of containers that crashed and whose end in the status does not say why, then of those that run and have long not been ready. */
export function wantedLogs(pods: readonly KubeObject[], now: string | undefined): WantedLog[] {
  const all = pods.flatMap(pod => (isOf(pod, POD) ? containersOf(pod as Pod) : []))
  const crashed = all.filter(isOpen)
  const unready = all.filter(each => !hasCrashed(each) && isLongUnready(each, now))
  return [...crashed, ...unready].slice(0, MOST).map(container => ({
    namespace: container.pod.metadata.namespace ?? '',
    pod: container.pod.metadata.name,
    container: container.name,
    previous: hasCrashed(container) && container.status.state?.terminated === undefined,
    tailLines: LINES,
    podUid: container.pod.metadata.uid,
  }))
}

function isOpen(container: PodContainer): boolean {
  const end = lastEnd(container)
  return (
    end !== undefined &&
    hasCrashed(container) &&
    !neverRan(container) &&
    !isOutOfMemory(container) &&
    understood(end.message) === undefined
  )
}
