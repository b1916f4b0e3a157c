import { conditionOf, conditionText } from '../conditions.ts'
import type { Pod } from '../shapes.ts'
import { cleaned } from '../wording.ts'
import { listOf } from '../../words/index.ts'
import type { PodCause } from './cause.ts'

/** Who sets the conditions that pods wait for, and where they look. */
const SETTERS: [gate: RegExp, remedy: string][] = [
  [
    // https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/
    /\.elbv2\.k8s\.aws\//,
    "look at the health check of the load balancer's target group (its path, port and security groups), and at the AWS Load Balancer Controller",
  ],
  [
    /^cloud\.google\.com\/load-balancer-neg-ready$/,
    "look at the health check of the load balancer's network endpoint group (its path and port, and the firewall rule for it)",
  ],
]

/** All containers are ready, and a condition that the pod waits for besides is not: pkg/kubelet/status/generate.go. */
export const readinessGate: PodCause = pod => {
  const ready = conditionOf(pod, 'Ready')
  if (ready?.reason !== 'ReadinessGatesNotReady' || ready.status === 'True') return undefined
  const open = gatesOf(pod).filter(type => conditionOf(pod, type)?.status !== 'True')
  const told = open.flatMap(type => conditionOf(pod, type) ?? [])
  const texts = told.map(each => `${each.type}: ${conditionText(each)}`)
  const [, known] = SETTERS.find(([gate]) => open.some(type => gate.test(type))) ?? []
  return {
    cause: 'readiness-gate',
    summary: `the containers of pod ${pod.metadata.name} are ready, its readiness gate ${listOf(open)} is not${texts[0] === undefined ? '' : `: ${texts.join('; ')}`}`,
    evidence: [`pod ${pod.metadata.name}: ${cleaned(ready.message)}`, ...texts],
    remedy: known ?? `look at the controller that sets it; what nobody sets has to go from the pod`,
  }
}

function gatesOf({ spec }: Pod): string[] {
  const gates = (spec?.['readinessGates'] ?? []) as { conditionType: string }[]
  return gates.map(({ conditionType }) => conditionType)
}
