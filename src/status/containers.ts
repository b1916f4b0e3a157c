import type { Container, ContainerStatus, Pod, PodSpec, Terminated } from './shapes.ts'
import { conditionOf } from './conditions.ts'
import { podSpecOf } from '../kinds/index.ts'
import type { Inquiry } from './inquiry.ts'
import { podMakers } from './tree.ts'

/** A container of a pod: what was asked for and what became of it. */
export interface PodContainer {
  pod: Pod
  name: string
  /** Runs to its end before the others start; sidecars (restartPolicy Always) do not count as such. */
  isInit: boolean
  /** An init container that goes on beside the others, which start only when it has started. */
  isSidecar: boolean
  spec: Container
  status: ContainerStatus
}

/** Init containers first, in the order in which they run. Containers without a status yet have an empty one. */
export function containersOf(pod: Pod): PodContainer[] {
  const { initContainers = [], containers = [] } = pod.spec ?? {}
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {}
  const join = (specs: Container[], statuses: ContainerStatus[], isInit: boolean): PodContainer[] =>
    specs.map(spec => ({
      pod,
      name: spec.name,
      isInit: isInit && spec.restartPolicy !== 'Always',
      isSidecar: isInit && spec.restartPolicy === 'Always',
      spec,
      status: statuses.find(({ name }) => name === spec.name) ?? { name: spec.name },
    }))
  return [
    ...join(initContainers, initContainerStatuses, true),
    ...join(containers, containerStatuses, false),
  ]
}

/** How a container ended last: now, or before its present restart. */
export function lastEnd({ status }: PodContainer): Terminated | undefined {
  return status.state?.terminated ?? status.lastState?.terminated
}

/** Serves or has done its work, and is not on its way out. */
export function isReady(pod: Pod): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false
  return pod.status?.phase === 'Succeeded' || conditionOf(pod, 'Ready')?.status === 'True'
}

/** Counts for its controller: neither ended nor on its way out. */
export function isActive(pod: Pod): boolean {
  const { phase } = pod.status ?? {}
  return phase !== 'Succeeded' && phase !== 'Failed' && pod.metadata.deletionTimestamp === undefined
}

/** `pod chat-1: container server waiting: ErrImagePull: …` is made of it. */
export function placeText(container: PodContainer): string {
  return `pod ${container.pod.metadata.name}: ${containerText(container)}`
}

/** `container server`, `init container fetch`, `sidecar container proxy` */
export function containerText({ name, isInit, isSidecar }: PodContainer): string {
  if (isSidecar) return `sidecar container ${name}`
  return isInit ? `init container ${name}` : `container ${name}`
}

/** Whether a container is not in the template that its pod was made from: an injector has added it. Without a template nothing is known. */
export function isAdded({ name }: PodContainer, { object, related }: Inquiry): boolean {
  const templates = podMakers(object, related).map((maker): PodSpec => podSpecOf(maker) ?? {})
  const names = templates.flatMap(({ containers = [], initContainers = [] }) =>
    [...containers, ...initContainers].map(each => each.name),
  )
  return names.length > 0 && !names.includes(name)
}
