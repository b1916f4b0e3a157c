import { formatRef, refOf } from '../../object/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { labelSelector, matches, plainSelector } from '../../render/index.ts'
import type { Selector } from '../../render/index.ts'
import { replicasOf } from '../decide/scaling.ts'
import { namedList, objectAt, podsOf } from './pods.ts'
import type { Pods } from './pods.ts'

export interface Becoming {
  live: KubeObject
  /** The object as the apply leaves it, or what comes in its place. */
  result: KubeObject
  /** Nobody of the set has it yet. */
  isAdopted: boolean
}

/** What objects outside the set lose when one of the set becomes another: told from the loser's side. */
export function referencesLost(becoming: Becoming, outsiders: readonly KubeObject[]): string[] {
  return outsiders.flatMap(outsider => {
    if (outsider.metadata.namespace !== becoming.live.metadata.namespace) return []
    const loss = LOSSES[outsider.kind]?.(becoming, outsider)
    return loss === undefined ? [] : `${formatRef(refOf(outsider))} ${loss}`
  })
}

/** Whether it may take anything from anybody: without it, nobody is looked for. */
export function mayTake({ live, result, isAdopted }: Becoming): boolean {
  if (isAdopted || live.kind !== result.kind) return true
  const [before, after] = [podsOf(live), podsOf(result)]
  if (live.kind === 'Service') return lostPorts(live, result).length > 0
  if (before === undefined || after === undefined) return false
  const isSameLabel = ([name, value]: [string, string]) => after.labels[name] === value
  return !Object.entries(before.labels).every(isSameLabel) || missingPorts(before, after).length > 0
}

type Loss = (becoming: Becoming, outsider: KubeObject) => string | undefined

const LOSSES: Record<string, Loss> = {
  Service: (becoming, service) => {
    const spec = objectAt(service, 'spec')
    const selector = plainSelector(spec['selector'])
    return strays(becoming, selector, 'loses its pods') ?? lostTarget(becoming, selector, spec)
  },
  PodDisruptionBudget: (becoming, budget) =>
    strays(
      becoming,
      labelSelector(objectAt(budget, 'spec')['selector']),
      'no longer protects its pods',
    ),
  NetworkPolicy: (becoming, policy) =>
    strays(
      becoming,
      labelSelector(objectAt(policy, 'spec')['podSelector']),
      'no longer applies to its pods',
    ),
  HorizontalPodAutoscaler: ({ live, result, isAdopted }, autoscaler) => {
    const { kind, name } = objectAt(autoscaler, 'spec', 'scaleTargetRef')
    if (kind !== live.kind || name !== live.metadata.name) return undefined
    if (result.kind !== live.kind) return 'loses what it scales'
    return isAdopted && replicasOf(result) !== undefined ? 'loses the replicas to git' : undefined
  },
  Ingress: ({ live, result }, ingress) => {
    const lost = live.kind === 'Service' ? lostPorts(live, result) : []
    const backends = backendsOf(ingress).filter(({ name }) => name === live.metadata.name)
    const port = backends.find(backend => lost.some(each => isPort(each, backend['port'])))?.[
      'port'
    ]
    return port === undefined
      ? undefined
      : `loses its backend: ${live.metadata.name} has no port ${shown(port)} any more`
  },
}

/** An empty selector is every pod's: nothing to lose. */
function strays({ live, result }: Becoming, selector: Selector, loss: string): string | undefined {
  const [before, after] = [podsOf(live), podsOf(result)]
  const isEmpty = Object.keys(selector.matchLabels).length + selector.matchExpressions.length === 0
  if (isEmpty || before === undefined || after === undefined) return undefined
  const isLost = matches(selector, before.labels) && !matches(selector, after.labels)
  return isLost
    ? `${loss}: its selector does not match those of ${formatRef(refOf(result))}`
    : undefined
}

function lostTarget(
  { live, result }: Becoming,
  selector: Selector,
  spec: Record<string, unknown>,
): string | undefined {
  const [before, after] = [podsOf(live), podsOf(result)]
  if (before === undefined || after === undefined || !matches(selector, before.labels))
    return undefined
  if (Object.keys(selector.matchLabels).length === 0) return undefined
  const missing = missingPorts(before, after)
  const targets = namedList(spec['ports']).map(({ targetPort, port }) => targetPort ?? port)
  const target = targets.find(
    each =>
      missing.some(({ name, containerPort }) => each === name || each === containerPort) &&
      !after.ports.some(({ name, containerPort }) => each === name || each === containerPort),
  )
  return target === undefined
    ? undefined
    : `loses its pods: they have no port ${JSON.stringify(target)} any more`
}

function missingPorts(before: Pods, after: Pods): Pods['ports'] {
  return before.ports.filter(
    ({ name, containerPort }) =>
      !after.ports.some(port => port.name === name && port.containerPort === containerPort),
  )
}

function lostPorts(live: KubeObject, result: KubeObject): Record<string, unknown>[] {
  const kept = namedList(objectAt(result, 'spec')['ports'])
  const before = namedList(objectAt(live, 'spec')['ports'])
  return before.filter(
    ({ port, name }) => !kept.some(each => each['port'] === port && each['name'] === name),
  )
}

function isPort({ port, name }: Record<string, unknown>, backend: unknown): boolean {
  const { number, name: named } = objectAt({ backend }, 'backend')
  return named === undefined ? number === port : named === name
}

function shown(port: unknown): string {
  const { number, name } = objectAt({ port }, 'port')
  return String(name ?? number)
}

function backendsOf(ingress: KubeObject): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = []
  JSON.stringify(ingress['spec'], (key, value: unknown) => {
    if (key === 'service') found.push(...namedList([value]))
    return value
  })
  return found
}
