import type { k8s } from 'cdk8s-plus-28'
import { quantityOf } from '../src/object/index.ts'
import { POD_FIELDS, type Endpoint } from '../src/spec/index.ts'
import { writesDefaults } from './pod-parts/as-said.ts'
import type { Plain } from './plain.ts'

type Affinity = Plain<k8s.Affinity>
type Toleration = Plain<k8s.Toleration>
type Expression = Plain<k8s.NodeSelectorRequirement>
type Spread = Plain<k8s.TopologySpreadConstraint>

const SPREAD_KEYS = { zone: 'topology.kubernetes.io/zone', node: 'kubernetes.io/hostname' } as const

/** Where pods may run: what the user says, and what GPUs need. */
export function schedulingOf(endpoint: Endpoint, selector: Record<string, string>) {
  const { spec } = endpoint
  const { scheduling = {} } = spec
  const { spread } = scheduling
  return {
    ...asTheyAre(scheduling),
    affinity: affinityOf(spec),
    tolerations: tolerationsOf(spec, writesDefaults(endpoint)),
    topologySpreadConstraints: spread ? [spreadOver(SPREAD_KEYS[spread], selector)] : undefined,
  }
}

function asTheyAre(scheduling: NonNullable<Endpoint['spec']['scheduling']>) {
  const fields = Object.entries(POD_FIELDS).map(([name, field]) => [name, scheduling[field]])
  return Object.fromEntries(fields) as Pick<Plain<k8s.PodSpec>, keyof typeof POD_FIELDS>
}

/** GPU nodes are tainted by convention, so that only GPU pods land there. */
function tolerationsOf(
  { resources, scheduling }: Endpoint['spec'],
  isAdded: boolean,
): Toleration[] | undefined {
  const given = (scheduling?.tolerations ?? []) as Toleration[]
  const key = resources.gpuResource.startsWith('nvidia.com/')
    ? 'nvidia.com/gpu'
    : resources.gpuResource
  const needed = isAdded && resources.gpus > 0 && !given.some(toleration => toleration.key === key)
  const own = needed ? [{ key, operator: 'Exists', effect: 'NoSchedule' }] : []
  const all = [...given, ...own]
  return all.length === 0 ? undefined : all
}

function spreadOver(topologyKey: string, matchLabels: Record<string, string>): Spread {
  return {
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels },
  }
}

/** Node selector terms are alternatives, so each of the user's gets the GPU memory expression. */
function affinityOf({ resources, scheduling }: Endpoint['spec']): Affinity | undefined {
  const given = scheduling?.affinity as Affinity | undefined
  const memory = gpuMemoryExpression(resources)
  if (memory === undefined) return given
  const required = given?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const terms = required?.nodeSelectorTerms ?? [{}]
  const nodeSelectorTerms = terms.map(term => ({
    ...term,
    matchExpressions: [...(term.matchExpressions ?? []), memory],
  }))
  return {
    ...given,
    nodeAffinity: {
      ...given?.nodeAffinity,
      requiredDuringSchedulingIgnoredDuringExecution: { ...required, nodeSelectorTerms },
    },
  }
}

/**
 * GPU feature discovery labels nodes with the MiB of one GPU, less what ECC and the driver reserve: an
 * "80 GiB" H100 says 81559, a "24 GiB" L4 23034. So 90 % of what is asked for is enough; no two classes
 * of GPUs are that close. A node without the label is never chosen.
 */
function gpuMemoryExpression(resources: Endpoint['spec']['resources']): Expression | undefined {
  const { gpus, gpuMemory, gpuResource } = resources
  const bytes = gpuMemory === undefined ? undefined : quantityOf(gpuMemory)
  if (bytes === undefined || gpus === 0 || !gpuResource.startsWith('nvidia.com/')) return undefined
  const mebibytes = Math.floor((bytes / 2 ** 20) * 0.9)
  return { key: `${gpuResource}.memory`, operator: 'Gt', values: [String(mebibytes - 1)] }
}
