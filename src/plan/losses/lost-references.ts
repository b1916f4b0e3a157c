import {
  containersIn,
  isOf,
  kindOf,
  matches,
  podLabelsOf,
  replicasOf,
  selectorOf,
  SERVICE,
  type Backend,
  type Selector,
  type Target,
} from '../../kinds/index.ts'
import { at, entries, formatRef, refOf, type KubeObject } from '../../object/index.ts'

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
    const loss = lossOf(becoming, outsider)
    return loss === undefined ? [] : `${formatRef(refOf(outsider))} ${loss}`
  })
}

/** Whether it may take anything from anybody: without it, nobody is looked for. */
export function mayTake({ live, result, isAdopted }: Becoming): boolean {
  if (isAdopted || live.kind !== result.kind) return true
  const [before, after] = [podsOf(live), podsOf(result)]
  if (isOf(live, SERVICE)) return lostPorts(live, result).length > 0
  if (before === undefined || after === undefined) return false
  const isSameLabel = ([name, value]: [string, string]) => after.labels[name] === value
  return !Object.entries(before.labels).every(isSameLabel) || missingPorts(before, after).length > 0
}

/** What becomes of an object outside the set, as a clause: it selects, it scales, or it leads to a port. */
function lossOf(becoming: Becoming, outsider: KubeObject): string | undefined {
  const { selects, scales, route } = kindOf(outsider)
  const selector = selectorOf(outsider)
  if (selects !== undefined && selector !== undefined)
    return strays(becoming, selector, selects.loss) ?? lostTarget(becoming, selector, outsider)
  if (scales !== undefined) return lostScale(becoming, scales(outsider))
  return route && lostBackend(becoming, route.backends(outsider))
}

function lostScale({ live, result, isAdopted }: Becoming, { kind, name }: Target) {
  if (kind !== live.kind || name !== live.metadata.name) return undefined
  if (result.kind !== live.kind) return 'loses what it scales'
  return isAdopted && replicasOf(result) !== undefined ? 'loses the replicas to git' : undefined
}

function lostBackend({ live, result }: Becoming, backends: readonly Backend[]): string | undefined {
  const lost = isOf(live, SERVICE) ? lostPorts(live, result) : []
  const found = backends.find(
    ({ name, port }) =>
      name === live.metadata.name &&
      port !== undefined &&
      lost.some(each => each['port'] === port || each['name'] === port),
  )
  return (
    found && `loses its backend: ${live.metadata.name} has no port ${String(found.port)} any more`
  )
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
  outsider: KubeObject,
): string | undefined {
  const [before, after] = [podsOf(live), podsOf(result)]
  if (before === undefined || after === undefined || !matches(selector, before.labels))
    return undefined
  if (Object.keys(selector.matchLabels).length === 0) return undefined
  const missing = missingPorts(before, after)
  const targets = entries(at(outsider, 'spec', 'ports')).map(
    ({ targetPort, port }) => targetPort ?? port,
  )
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
  const kept = entries(at(result, 'spec', 'ports'))
  const before = entries(at(live, 'spec', 'ports'))
  return before.filter(
    ({ port, name }) => !kept.some(each => each['port'] === port && each['name'] === name),
  )
}

/** What others may hold on to in the pods of a workload. */
interface Pods {
  labels: Record<string, string>
  ports: { name?: unknown; containerPort?: unknown }[]
}

/** Undefined for what has no pods. */
function podsOf(object: KubeObject): Pods | undefined {
  const labels = podLabelsOf(object)
  const ports = containersIn(object).flatMap(container => entries(at(container, 'ports')))
  return labels && { labels, ports }
}
