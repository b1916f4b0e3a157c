import { POD, isOf } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { neverRan } from '../causes/container-start.ts'
import { hasCrashed } from '../causes/crash-loop.ts'
import { understood } from '../causes/understood.ts'
import { isOutOfMemory } from '../causes/out-of-memory.ts'
import { containersOf, lastEnd } from '../containers.ts'
import type { PodContainer } from '../containers.ts'
import type { Pod } from '../shapes.ts'
import type { WantedLog } from './container-log.ts'

const LINES = 300
/** More of them fail alike. */
const MOST = 20

/** Of containers that crashed and whose end in the status does not say why. */
export function wantedLogs(pods: readonly KubeObject[]): WantedLog[] {
  const crashed = pods
    .flatMap(pod => (isOf(pod, POD) ? containersOf(pod as Pod) : []))
    .filter(isOpen)
  return crashed.slice(0, MOST).map(({ pod: { metadata }, name, status }) => ({
    namespace: metadata.namespace ?? '',
    pod: metadata.name,
    container: name,
    previous: status.state?.terminated === undefined,
    tailLines: LINES,
    podUid: metadata.uid,
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
