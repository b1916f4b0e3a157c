import { conditionOf } from '../conditions.ts'
import { containersOf, type PodContainer } from '../containers.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Pod } from '../shapes.ts'
import { eventText } from '../view.ts'

/** Of a container that has not been made yet and has met no trouble. */
const QUIET = new Set(['ContainerCreating', 'PodInitializing', undefined])

/** Beginning and end of a pull, in the kubelet's words: pkg/kubelet/images/image_manager.go. */
const PULL =
  /^(Pulling|Successfully pulled|Failed to pull) image "([^"]+)"|^(Container) image "([^"]+)" already present/

/**
 * Images that a pod's node pulls just now: the last event of an image is the beginning of its pull. Where events are not
 * seen (a long pull outlives them), a pod whose volumes and network are ready and none of whose containers runs or has had
 * trouble waits for nothing else.
 */
export function pulledNow(pod: Pod, inquiry: Inquiry): string[] {
  if (pod.spec?.nodeName === undefined || pod.metadata.deletionTimestamp !== undefined) return []
  const waiting = containersOf(pod).filter(isNotMade)
  const images = new Set(waiting.map(({ spec }) => spec.image ?? ''))
  const begun = [...images].filter(image => lastOfPull(image, pod, inquiry) === 'Pulling')
  if (begun.length > 0) return begun
  const isSeen = [...images].some(image => lastOfPull(image, pod, inquiry) !== undefined)
  return !isSeen && isPrepared(pod) ? [nextImage(pod)].filter(image => image !== '') : []
}

function isNotMade({ status }: PodContainer): boolean {
  const { state = {}, lastState = {} } = status
  const isMade = state.running ?? state.terminated ?? lastState.terminated
  return isMade === undefined && QUIET.has(state.waiting?.reason)
}

function lastOfPull(image: string, pod: Pod, { related }: Inquiry): string | undefined {
  const steps = related.eventsOf(pod).flatMap(event => {
    const [, step, named, present, there] = PULL.exec(eventText(event)) ?? []
    return (named ?? there) === image ? [step ?? present] : []
  })
  return steps.at(-1)
}

/** Condition of Kubernetes 1.29 and later. */
function isPrepared(pod: Pod): boolean {
  return conditionOf(pod, 'PodReadyToStartContainers')?.status === 'True' && nextImage(pod) !== ''
}

/** Init containers are made one after the other, and only when the one before has ended well. */
function nextImage(pod: Pod): string {
  const containers = containersOf(pod)
  const unfinished = containers.find(({ isInit, isSidecar, status }) =>
    isInit
      ? status.state?.terminated?.exitCode !== 0
      : isSidecar && status.state?.running === undefined,
  )
  const next = unfinished ?? containers.find(({ isSidecar, isInit }) => !isSidecar && !isInit)
  const isIdle = containers.every(
    each => each.isSidecar || isNotMade(each) || each.status.state?.terminated?.exitCode === 0,
  )
  return next !== undefined && isIdle && isNotMade(next) ? (next.spec.image ?? '') : ''
}
