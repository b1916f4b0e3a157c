import { eventText } from '../view.ts'
import { cleaned } from '../wording.ts'
import type { PodCause } from './cause.ts'

/** The container runtime cannot make the pod: network plugin, runtime class. */
export const podSandbox: PodCause = (pod, { related }) => {
  const last = related.eventsOf(pod).at(-1)
  if (last?.reason !== 'FailedCreatePodSandBox') return undefined
  const text = cleaned(eventText(last))
  return {
    cause: 'pod-sandbox',
    summary: `the node cannot start pod ${pod.metadata.name}: ${text}`,
    evidence: [`event: ${text}`],
    remedy: /no runtime for/.test(text)
      ? 'choose nodes whose container runtime has it, or correct scheduling.runtimeClass'
      : 'look at the network plugin and the container runtime of the node',
  }
}
