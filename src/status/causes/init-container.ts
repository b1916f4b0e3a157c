import { containersOf, lastEnd } from '../containers.ts'
import { STORAGE_INITIALIZER } from '../phases.ts'
import type { PodCause } from './cause.ts'
import { neverRan } from './container-start.ts'
import { crashDiagnosis, hasCrashed } from './crash-loop.ts'
import { isOutOfMemory } from './out-of-memory.ts'

/** An init container fails; KServe's storage-initializer is the one that fetches the model. */
export const initContainer: PodCause = (pod, inquiry) => {
  const container = containersOf(pod).find(
    each => each.isInit && hasCrashed(each) && !neverRan(each) && !isOutOfMemory(each),
  )
  const end = container && lastEnd(container)
  if (container === undefined || end === undefined || end.exitCode === 0) return undefined
  if (container.name !== STORAGE_INITIALIZER) return crashDiagnosis(container, end, inquiry)
  const diagnosis = crashDiagnosis(container, end, inquiry, UNKNOWN)
  return {
    ...diagnosis,
    summary: `the model of pod ${pod.metadata.name} cannot be fetched: ${diagnosis.summary}`,
  }
}

const UNKNOWN =
  "check the model's URI (model.uri), the credentials of the service account and the space on the volume; read the log of the last run"
