import { containersOf, containerText, placeText } from '../containers.ts'
import { cleaned } from '../wording.ts'
import type { PodCause } from './cause.ts'

const REASONS = new Set(['CreateContainerError', 'RunContainerError', 'PostStartHookError'])

/** The container runtime cannot make or start a container; it is tried again, and may end as a crash loop. */
export const containerStart: PodCause = pod => {
  const container = containersOf(pod).find(({ status }) =>
    REASONS.has(status.state?.waiting?.reason ?? ''),
  )
  if (container === undefined) return undefined
  const { reason = '', message } = container.status.state?.waiting ?? {}
  const text = cleaned(message)
  return {
    cause: 'container-start',
    summary: `${containerText(container)} of pod ${pod.metadata.name} cannot be started: ${text}`,
    evidence: [`${placeText(container)} waiting: ${reason}: ${text}`],
    remedy: remedyFor(text),
  }
}

function remedyFor(text: string): string {
  if (/nvidia/i.test(text)) return "look at the GPU driver and the device plugin of the pod's node"
  if (/executable file not found|no command specified|no such file or directory/.test(text))
    return 'check spec.command and spec.args against what the image contains'
  return "look at the container runtime of the pod's node"
}
