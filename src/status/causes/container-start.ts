import {
  containersOf,
  containerText,
  lastEnd,
  placeText,
  type PodContainer,
} from '../containers.ts'
import type { Inquiry } from '../inquiry.ts'
import { isAboutContainer } from '../view.ts'
import { cleaned } from '../wording.ts'
import { plural } from '../../words/index.ts'
import { isLooping, type PodCause } from './cause.ts'
import { remedyAgainst, type Remedies } from './remedies.ts'

const WAITING = new Set(['CreateContainerError', 'RunContainerError', 'PostStartHookError'])
/** Of containerd and CRI-O, and of Docker: the process has never run, so there is no log. */
const ENDED = new Set(['StartError', 'ContainerCannotRun'])

/** The container runtime cannot make or start a container; it is tried again, and may look like a crash loop. */
export const containerStart: PodCause = (pod, inquiry) => {
  const container = containersOf(pod).find(
    each =>
      WAITING.has(each.status.state?.waiting?.reason ?? '') ||
      neverRan(each) ||
      isEndedByHook(each, inquiry),
  )
  if (container === undefined) return undefined
  const { reason, message } = saidOf(container)
  const isHook = reason === HOOK_REASON || isEndedByHook(container, inquiry)
  const text = isHook
    ? `the command after its start (lifecycle.postStart) fails${message ? `: ${cleaned(message)}` : ''}`
    : cleaned(message)
  const restarts = container.status.restartCount ?? 0
  return {
    cause: 'container-start',
    summary: `${containerText(container)} of pod ${pod.metadata.name} cannot be started: ${text}`,
    evidence: [
      `${placeText(container)}: ${reason}: ${text}`,
      ...(restarts > 0 ? [plural(restarts, 'restart')] : []),
    ],
    remedy: isHook
      ? "correct lifecycle.postStart, or leave it out; the server's own log tells whether it had started by then"
      : startRemedy(text, pod.spec?.nodeName),
    ...(isLooping(container) && { outlook: 'hopeless' as const }),
  }
}

/** Ended before its process ran: nothing in it has written a log. */
export function neverRan(container: PodContainer): boolean {
  return (
    ENDED.has(lastEnd(container)?.reason ?? '') && container.status.state?.running === undefined
  )
}

const HOOK_REASON = 'PostStartHookError'

/** The kubelet kills a container whose hook fails, which then looks like a crash: pkg/kubelet/kuberuntime/kuberuntime_container.go. */
export function isEndedByHook(container: PodContainer, { related }: Inquiry): boolean {
  const { pod, name, status } = container
  const last = related
    .eventsOf(pod)
    .findLast(event => event.reason === 'FailedPostStartHook' && isAboutContainer(event, name))
  return last !== undefined && status.state?.running === undefined && status.ready !== true
}

function saidOf(container: PodContainer): { reason: string; message: string | undefined } {
  const { waiting } = container.status.state ?? {}
  const end = lastEnd(container)
  const isSaid = WAITING.has(waiting?.reason ?? '') && waiting?.message
  const { reason = '', message } = isSaid ? (waiting ?? {}) : (end ?? waiting ?? {})
  return { reason, message }
}

const IMAGE_COMMAND = 'check spec.command and spec.args against what the image contains'

/** In the words of runc, containerd and the NVIDIA container toolkit (libnvidia-container, cli/main.c); the more exact first. */
const RUNTIME_WORDS: Remedies = [
  [
    /requirement error|unsatisfied condition: (?:cuda|driver|brand)/,
    "the node's GPU driver is older than the image's CUDA wants: use an image with an older CUDA, or choose nodes with a newer driver (scheduling.nodeSelector)",
  ],
  [
    /unresolvable CDI devices|unknown device|device error/,
    "the node's GPU was taken out or has another name now: look at the device plugin and the GPU of the pod's node",
  ],
  [
    /version mismatch/,
    'the GPU driver of its node was updated, but the old kernel module is still loaded: restart the node (kubectl drain it before)',
  ],
  [/nvidia|libcuda|libnvidia/i, "look at the GPU driver and the device plugin of the pod's node"],
  [
    /exec format error/,
    "the image is built for another CPU than the node's: build it for that, or choose nodes by scheduling.nodeSelector",
  ],
  [
    /transport endpoint is not connected|stale (?:NFS )?file handle/i,
    'the mount of one of its volumes is broken: delete the pod so that it is mounted again, and look at the storage driver of the node if it happens again',
  ],
  [
    /seccomp|apparmor/i,
    'bring the profile to the nodes, or use one that they have (RuntimeDefault in securityContext)',
  ],
  [
    /OOM-killed|memory limit too low/,
    'raise resources.memory: the limit is too low for a process to start',
  ],
  [
    /exec: .{0,300}permission denied/,
    'check that the command in spec.command (or the image) is executable for the user it runs as',
  ],
  [
    /error mounting|mkdir .{0,300}(?:read-only file system|not a directory)|not a directory/,
    'check the mount paths of spec.volumes against what the image contains (a file is not a folder)',
  ],
  [
    /exec: "[^"\s]{1,300} -{0,2}[^"]{0,300}": (?:stat|executable)/,
    'give the program and each argument as a word of its own: the whole line is taken for the name of one file (spec.command: [python3, -m, …], or spec.args)',
  ],
  [
    /executable file not found|no command specified|no such file or directory|chdir to cwd/,
    IMAGE_COMMAND,
  ],
]

/** The kubelet has asked again while the runtime was still at it: https://github.com/containerd/containerd/issues/4604. */
const SLOW = /failed to reserve (?:container )?name|^context deadline exceeded$/

/** Of containerd, for a hostPath without a type that is checked: internal/cri/opts. */
const HOST_PATH = /failed to generate spec: failed to .{0,600}no such file or directory/

function startRemedy(text: string, node = 'of the pod'): string {
  if (SLOW.test(text))
    return `wait: node ${node} is slow to create the container, usually because its disk is busy (many pods or large images at once); if it stays so, delete the pod so that it is scheduled again, or restart the container runtime of node ${node}`
  if (HOST_PATH.test(text))
    return `make the path on node ${node}, or choose nodes that have it (scheduling.nodeSelector), or correct the hostPath (volumes)`
  return remedyAgainst(text, RUNTIME_WORDS) ?? `look at the container runtime of node ${node}`
}
