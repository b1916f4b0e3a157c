import { containersOf, isActive, isReady } from '../containers.ts'
import type { Pod } from '../shapes.ts'
import { isNew } from '../times.ts'
import { newestPods } from '../tree.ts'
import type { Diagnosis } from '../verdict.ts'
import { cleaned } from '../wording.ts'
import { listOf, plural } from '../../words/index.ts'
import type { Cause } from './cause.ts'

/** Pods of one kind of end after which another one is not believed to fare better. */
const ENOUGH = 3

/**
 * Ends of pods by their node, where the next pod ends in the same way. The kubelet's words: pkg/kubelet/eviction/helpers.go,
 * pkg/kubelet/lifecycle/predicate.go. A node low on memory or disk is none of them: that passes, and the pod may go elsewhere.
 */
const ENDS: { pattern: RegExp; isOwnLimit: boolean; remedy: (text: string) => string }[] = [
  {
    pattern: /Usage of EmptyDir volume "[^"]+" exceeds the limit/,
    isOwnLimit: true,
    remedy: text => {
      const [, volume = ''] = /EmptyDir volume "([^"]+)"/.exec(text) ?? []
      return volume === 'shared-memory'
        ? 'raise sharedMemory, within resources.memory'
        : `raise the sizeLimit of the emptyDir ${volume} (volumes)`
    },
  },
  {
    pattern:
      /exceed(?:s|ed) (?:its local|the total limit of).{0,40}(?:ephemeral storage|containers)/,
    isOwnLimit: true,
    remedy: () =>
      'raise the limit of ephemeral-storage (resources), or write less to the container',
  },
  {
    pattern: /^UnexpectedAdmissionError/,
    isOwnLimit: false,
    remedy: () =>
      'look at the device plugin of the node: it offers what it cannot give; cordon the node until it is repaired',
  },
  {
    pattern: /^OutOf/,
    isOwnLimit: false,
    remedy: text =>
      `the scheduler counts more ${text.replace(/^OutOf([\w./-]+).*$/s, '$1')} than the node has: look at what runs there outside the scheduler (static pods, spec.pod.nodeName)`,
  },
  {
    pattern:
      /^(?:NodeAffinity|NodeName|NodePorts|PodOSNotSupported|PodOSSelectorNodeLabelDoesNotMatch|TopologyAffinityError|AppArmor|UnsupportedOS\w*|InitContainerRestartPolicyForbidden|SupplementalGroupsPolicyNotSupported)\b/,
    isOwnLimit: false,
    remedy: () =>
      'the node refuses what the scheduler gave it: compare its labels and settings with scheduling.nodeSelector and scheduling.affinity',
  },
]

/** The newest pods end one after the other in the same way: above a limit of their own, or refused by the node. */
export const endedAgain: Cause = inquiry => {
  const pods = newestPods(inquiry.object, inquiry.related)
  const ended = pods.filter(
    pod => pod.status?.phase === 'Failed' && isNew(pod.metadata.creationTimestamp, inquiry.since),
  )
  for (const end of ENDS) {
    const same = ended.filter(pod => end.pattern.test(textOf(pod)))
    const goesOn = pods.some(pod => isReady(pod) || (!end.isOwnLimit && isTaken(pod)))
    if (same.length >= ENOUGH && !goesOn) return diagnosisOf(same, end.remedy)
  }
  return undefined
}

function diagnosisOf(pods: Pod[], remedyFor: (text: string) => string): Diagnosis {
  const ordered = pods.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
  const [first] = ordered as [Pod]
  const text = textOf(first)
  const nodes = [...new Set(ordered.flatMap(({ spec }) => spec?.nodeName ?? []))]
  const { namespace = 'default' } = first.metadata
  return {
    cause: 'ended-again',
    summary: `${plural(pods.length, 'pod')} ended one after the other on node ${listOf(nodes)}: ${text}`,
    evidence: [
      `pod ${first.metadata.name}: ${text}`,
      `left behind: pod ${listOf(ordered.map(({ metadata }) => metadata.name))}`,
    ],
    remedy: `${remedyFor(text)}; what is left behind goes with kubectl -n ${namespace} delete pods --field-selector=status.phase=Failed`,
    outlook: 'hopeless',
  }
}

/** `Evicted: Usage of EmptyDir volume "cache" exceeds the limit "1Gi".` */
function textOf({ status = {} }: Pod): string {
  return [status.reason, cleaned(status.message)].filter(Boolean).join(': ')
}

/** A node has taken the pod: what refused the others does not refuse this one. */
function isTaken(pod: Pod): boolean {
  return isActive(pod) && containersOf(pod).some(({ status }) => status.state !== undefined)
}
