import type { KubeObject } from '../../object/index.ts'
import type { PodContainer } from '../containers.ts'
import type { View } from '../view.ts'

/**
 * The logs of containers that crashed, as evidence beside events. The kubelet keeps the end of a log for the status only where the
 * container asks for it, and only 2048 bytes; a server's reason often stands above a long traceback (vLLM: "See root cause above").
 */
const CONTAINER_LOG = { apiVersion: 'slipway.dev/v1alpha1', kind: 'ContainerLog' }

interface ContainerLog extends KubeObject {
  /** UID of the pod. */
  pod: string | undefined
  text: string
}

/** A log to be read: that of the run that ended last. */
export interface WantedLog {
  namespace: string
  pod: string
  container: string
  previous: boolean
  tailLines: number
  podUid: string | undefined
}

/** Of so many characters at its end. */
const LONGEST = 65_536

/** What was read, to be put among the objects that explain something. */
export function logEvidence(
  { namespace, pod, container, podUid }: WantedLog,
  text: string,
): KubeObject {
  const uid = `log-of-${podUid ?? pod}-${container}`
  const metadata = { name: container, namespace, uid }
  const log: ContainerLog = { ...CONTAINER_LOG, metadata, pod: podUid, text: text.slice(-LONGEST) }
  return log
}

/** The log of a container's last run, where it was read. */
export function lastLog({ pod, name }: PodContainer, related: View): string | undefined {
  const logs = related.ofKind(CONTAINER_LOG) as readonly ContainerLog[]
  return logs.find(log => log.pod === pod.metadata.uid && log.metadata.name === name)?.text
}
