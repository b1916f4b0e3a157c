import { ENDPOINT_LABEL, quantityOf } from '../../object/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { ifAllowed, namespacesOf } from '../finding.ts'
import type { Check, Finding, Patient } from '../finding.ts'
import { resourcesOf, wantedBy } from '../workloads.ts'

/** What the set will use in each namespace against what its quotas leave. Pods that it already has are counted once. */
export const quotas: Check = async patient => {
  const found = await Promise.all(namespacesOf(patient).map(name => inNamespace(patient, name)))
  const findings = found.flat()
  if (findings.length > 0) return findings
  return [{ check: 'quotas', state: 'not-needed', message: 'the namespaces have none' }]
}

async function inNamespace(patient: Patient, namespace: string): Promise<Finding[]> {
  const { cluster } = patient
  const kind = { apiVersion: 'v1', kind: 'ResourceQuota' }
  const lists = await ifAllowed(cluster.list({ ...kind, namespace }))
  if (lists === undefined)
    return [
      {
        check: `quotas of ${namespace}`,
        state: 'unseen',
        message: 'no permission to list resourcequotas',
      },
    ]
  const all = lists.items.filter(quota => !isScoped(quota))
  if (all.length === 0) return []
  const pods = await ifAllowed(
    cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace, labelSelector: ENDPOINT_LABEL }),
  )
  const more = additional(patient, namespace, pods?.items ?? [])
  return all.map(quota => judge(quota, more))
}

interface QuotaStatus {
  hard?: Record<string, unknown>
  used?: Record<string, unknown>
}

/** Which pods a scoped one counts depends on more than their resources. */
function isScoped(quota: KubeObject): boolean {
  const spec = (quota['spec'] ?? {}) as { scopes?: unknown[]; scopeSelector?: unknown }
  return spec.scopes !== undefined || spec.scopeSelector !== undefined
}

/** What the set wants beyond the pods that it has. */
function additional(
  { objects }: Patient,
  namespace: string,
  pods: readonly KubeObject[],
): Map<string, number> {
  const names = new Set(objects.map(({ endpoint }) => endpoint.name))
  const own = pods.filter(({ metadata }) => names.has(metadata.labels?.[ENDPOINT_LABEL] ?? ''))
  const sum = new Map<string, number>()
  const add = (name: string, value: number) => sum.set(name, (sum.get(name) ?? 0) + value)
  for (const wanted of wantedBy(objects)) {
    if (wanted.namespace !== namespace) continue
    add('pods', wanted.pods)
    for (const [name, value] of wanted.resources) add(name, value)
  }
  for (const pod of own) {
    add('pods', -1)
    for (const [name, value] of resourcesOf(pod['spec'] ?? {})) add(name, -value)
  }
  return sum
}

/** A quota's `cpu` and `memory` are requests. */
const SHORT: Record<string, string> = { cpu: 'requests.cpu', memory: 'requests.memory' }

function judge(quota: KubeObject, more: Map<string, number>): Finding {
  const { hard = {}, used = {} } = (quota['status'] ?? {}) as QuotaStatus
  const check = `quota ${quota.metadata.namespace}/${quota.metadata.name}`
  const short = Object.entries(hard).flatMap(([name, limit]) => {
    const need = more.get(SHORT[name] ?? name) ?? 0
    const free = (quantityOf(limit) ?? 0) - (quantityOf(used[name]) ?? 0)
    if (need <= 0 || need <= free) return []
    return [`${name}: ${round(need)} more wanted, ${round(free)} of ${String(limit)} left`]
  })
  if (short.length === 0) return { check, state: 'ok', message: 'leaves room for what is planned' }
  return {
    check,
    state: 'missing',
    message: short.join('; '),
    remedy:
      'Ask for a larger quota, or for fewer replicas or resources: pods beyond it are refused.',
  }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
