/** What policies most often object to in pods, whoever enforces them, and where a spec says it: https://kyverno.io/policies, https://github.com/open-policy-agent/gatekeeper-library. */
const OBJECTIONS: [pattern: RegExp, where: string][] = [
  [/\blabels?\b/i, 'metadata.labels'],
  [/\bannotations?\b/i, 'metadata.annotations'],
  [/\bprobes?\b|readinessProbe|livenessProbe/, 'probes'],
  [
    /latest|image tag|mutable tag|digest|\bregistr(?:y|ies)\b|repositor(?:y|ies)|\bimage\b.{0,80}(?:not allowed|sign|verif)/i,
    'image',
  ],
  [/hostPath|volume type/i, 'volumes'],
  [/\b(?:cpu|memory|resources?|requests|limits)\b/i, 'resources'],
  [/\breplicas?\b/i, 'replicas'],
  [/priorityClass/i, 'scheduling.priorityClass'],
  [/tolerations?\b/i, 'scheduling.tolerations'],
  [/nodeSelector|node selector|nodeName/i, 'scheduling.nodeSelector'],
  [/serviceAccount|service account|automountServiceAccountToken/i, 'serviceAccount'],
  [
    /privileged|capabilit|runAs|run as|seccomp|apparmor|readOnlyRootFilesystem|read-only root|privilege escalation|allowPrivilegeEscalation|securityContext|fsGroup|\broot\b/i,
    'pod.securityContext',
  ],
  [/hostNetwork|hostPort|hostPID|hostIPC|host namespaces?/i, 'pod'],
]

const MOST = 2

/** ` (metadata.labels)`: where the spec says what a refusal names; empty where that is not known. */
export function objectedIn(why: string): string {
  const told = why.slice(0, 4000)
  const found = OBJECTIONS.filter(([pattern]) => pattern.test(told)).map(([, where]) => where)
  return found.length === 0 ? '' : ` (in the spec: ${found.slice(0, MOST).join(', ')})`
}
