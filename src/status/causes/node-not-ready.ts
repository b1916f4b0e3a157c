import { NODE } from '../../kinds/index.ts'
import { conditionOf, conditionText } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Pod } from '../shapes.ts'
import type { PodCause } from './cause.ts'

/** The pod's node does not report, or is gone. */
export const nodeNotReady: PodCause = (pod, inquiry) => {
  const trouble = nodeTrouble(pod, inquiry)
  if (trouble === undefined) return undefined
  return {
    cause: 'node-not-ready',
    summary: `node ${pod.spec?.nodeName} of pod ${pod.metadata.name} ${trouble.text}`,
    evidence: [trouble.evidence],
    remedy: `look at the node (kubectl describe node ${pod.spec?.nodeName}); a pod is moved elsewhere 5 minutes after its node was lost`,
  }
}

/** Known only when the view holds nodes: a node missing among others is gone. */
export function nodeTrouble(
  pod: Pod,
  { related }: Inquiry,
): { text: string; evidence: string } | undefined {
  const nodes = related.ofKind(NODE)
  const name = pod.spec?.nodeName
  if (name === undefined || nodes.length === 0) return undefined
  const node = nodes.find(({ metadata }) => metadata.name === name)
  if (node === undefined) return { text: 'is gone', evidence: `no Node ${name} in the cluster` }
  const ready = conditionOf(node, 'Ready')
  if (ready === undefined || ready.status === 'True') return undefined
  return { text: 'is not ready', evidence: `node ${name}: ${conditionText(ready)}` }
}
