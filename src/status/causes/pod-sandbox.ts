import { eventText } from '../view.ts'
import { cleaned } from '../wording.ts'
import type { PodCause } from './cause.ts'

/** pkg/kubelet/events/event.go */
const REASONS = new Set(['FailedCreatePodSandBox', 'NetworkNotReady'])

/** The container runtime cannot make the pod: network plugin, runtime class. */
export const podSandbox: PodCause = (pod, { related }) => {
  const last = related.eventsOf(pod).at(-1)
  if (last === undefined || !REASONS.has(last.reason ?? '')) return undefined
  const text = cleaned(eventText(last))
  return {
    cause: 'pod-sandbox',
    summary: `the node cannot start pod ${pod.metadata.name}: ${text}`,
    evidence: [`event: ${text}`],
    remedy: remedyFor(text),
  }
}

function remedyFor(text: string): string {
  if (/no runtime for/.test(text))
    return 'choose nodes whose container runtime has it, or correct scheduling.runtimeClass; of NVIDIA, its container toolkit sets it up on the node (the GPU operator: kubectl -n gpu-operator get pods)'
  if (
    /failed to assign an IP address|no (?:available )?IP addresses|no IP addresses available|IPAM/.test(
      text,
    )
  )
    return 'give the network plugin more addresses (a larger subnet, or fewer pods of the node), or free some of them'
  return 'look at the network plugin and the container runtime of the node'
}
