import { listIfAllowed } from '../../cluster/index.ts'
import { quantityOf, type KubeObject } from '../../object/index.ts'
import { about, inEachNamespace, type Finding, type Patient, type Saying } from '../finding.ts'
import { OF_PRIORITY, isInScope, scopesOf, scopeText } from './quota-scope.ts'
import { additional, changesIn, type Change } from './quota-usage.ts'

/** What the set will use in each namespace against what its quotas leave. Pods that it already has are counted once. */
export const quotas = inEachNamespace('quotas', async (patient, namespace) => {
  const { cluster } = patient
  const found = await listIfAllowed(cluster, { apiVersion: 'v1', kind: 'ResourceQuota', namespace })
  if (found === undefined)
    return [about(`quotas of ${namespace}`).unseen('no permission to list resourcequotas')]
  if (found.length === 0) return []
  const pods = await listIfAllowed(cluster, { apiVersion: 'v1', kind: 'Pod', namespace })
  const changes = changesIn(patient, namespace, pods ?? [])
  const priority = found.some(needsPriority) ? await defaultPriority(cluster) : {}
  return found.map(quota => judge(quota, changes, priority))
})

function needsPriority(quota: KubeObject): boolean {
  return scopesOf(quota).some(({ scopeName }) => scopeName === OF_PRIORITY)
}

/** The priority class of pods that name none, by which quotas count them; undefined when it cannot be seen. */
type DefaultPriority = { name?: string } | undefined

async function defaultPriority(cluster: Patient['cluster']): Promise<DefaultPriority> {
  const kind = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass' }
  const classes = await listIfAllowed(cluster, kind)
  if (classes === undefined) return undefined
  const name = classes.find(each => each['globalDefault'] === true)?.metadata.name
  return name === undefined ? {} : { name }
}

interface QuotaStatus {
  hard?: Record<string, unknown>
  used?: Record<string, unknown>
}

function judge(quota: KubeObject, changes: readonly Change[], priority: DefaultPriority): Finding {
  const say = about(`quota ${quota.metadata.namespace}/${quota.metadata.name}`)
  const scopes = scopesOf(quota)
  if (priority === undefined && needsPriority(quota) && changes.some(isWithoutPriority))
    return say.unseen(
      'no permission to list priorityclasses: whether it counts pods that name none is not known',
    )
  const counted = changes.filter(({ podSpec }) => {
    const priorityClassName = podSpec.priorityClassName ?? priority?.name
    const pod = { ...podSpec, ...(priorityClassName !== undefined && { priorityClassName }) }
    return scopes.every(scope => isInScope(pod, scope))
  })
  if (scopes.length > 0 && counted.length === 0)
    return say.notNeeded(`counts no pod of this project (${scopes.map(scopeText).join('; ')})`)
  return compare(quota, additional(counted), say)
}

function isWithoutPriority({ podSpec }: Change): boolean {
  return podSpec.priorityClassName === undefined
}

/** A quota's `cpu` and `memory` are requests. */
const SHORT: Record<string, string> = { cpu: 'requests.cpu', memory: 'requests.memory' }

function compare(quota: KubeObject, more: Map<string, number>, say: Saying): Finding {
  const { hard = {}, used = {} } = (quota['status'] ?? {}) as QuotaStatus
  const short = Object.entries(hard).flatMap(([name, limit]) => {
    const need = more.get(SHORT[name] ?? name) ?? 0
    const free = (quantityOf(limit) ?? 0) - (quantityOf(used[name]) ?? 0)
    if (need <= 0 || need <= free) return []
    return [`${name}: ${round(need)} more wanted, ${round(free)} of ${String(limit)} left`]
  })
  if (short.length === 0) return say.ok('leaves room for what is planned')
  return say.missing(
    short.join('; '),
    'Ask for a larger quota, or for fewer replicas or resources: pods beyond it are refused.',
  )
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
