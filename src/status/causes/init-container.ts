import { containersOf, containerText, lastEnd, placeText } from '../containers.ts'
import type { Inquiry } from '../inquiry.ts'
import { STORAGE_INITIALIZER } from '../phases.ts'
import type { Pod } from '../shapes.ts'
import { ageText, between } from '../times.ts'
import type { Diagnosis } from '../verdict.ts'
import type { PodCause } from './cause.ts'
import { neverRan } from './container-start.ts'
import { crashDiagnosis, hasCrashed } from './crash-loop.ts'
import { isOutOfMemory } from './out-of-memory.ts'

/** An init container fails, or does not come to an end; KServe's storage-initializer is the one that fetches the model. */
export const initContainer: PodCause = (pod, inquiry) => {
  const container = containersOf(pod).find(
    each => each.isInit && hasCrashed(each) && !neverRan(each) && !isOutOfMemory(each),
  )
  const end = container && lastEnd(container)
  if (container === undefined || end === undefined || end.exitCode === 0)
    return atWork(pod, inquiry)
  if (container.name !== STORAGE_INITIALIZER) return crashDiagnosis(container, end, inquiry)
  const diagnosis = crashDiagnosis(container, end, inquiry, UNKNOWN)
  return {
    ...diagnosis,
    summary: `the model of pod ${pod.metadata.name} cannot be fetched: ${diagnosis.summary}`,
  }
}

const UNKNOWN =
  "check the model's URI (model.uri), the credentials of the service account and the space on the volume; read the log of the last run"

/** Large models take minutes; a download that hangs has no end of its own: https://github.com/kserve/kserve/issues/5611 */
const LONG_SECONDS = 15 * 60

/** It has been running for so long that somebody should look: nothing tells whether it gets on. */
function atWork(pod: Pod, { now }: Inquiry): Diagnosis | undefined {
  const container = containersOf(pod).find(({ isInit, status }) => isInit && status.state?.running)
  const { startedAt } = container?.status.state?.running ?? {}
  const age = (between(startedAt, now) ?? 0) / 1000
  if (container === undefined || age < LONG_SECONDS) return undefined
  const { namespace = 'default', name } = pod.metadata
  const isFetching = container.name === STORAGE_INITIALIZER
  const lasted = ageText(startedAt, now)
  return {
    cause: 'init-container',
    summary: `${containerText(container)} of pod ${name} has been at work for ${lasted}${isFetching ? ', and the model is not there yet' : ''}`,
    evidence: [`${placeText(container)} runs since ${startedAt}`],
    remedy: `see whether its log goes on: kubectl -n ${namespace} logs ${name} -c ${container.name}; if it does, raise loadTime; if it does not, ${isFetching ? 'its download hangs: check the way to where the model is (a proxy, a NetworkPolicy), and ' : ''}delete the pod, so that it begins anew`,
    outlook: 'waiting',
  }
}
