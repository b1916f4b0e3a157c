import { isMap } from '../object/index.ts'
import type { JsonMap, KubeObject } from '../object/index.ts'

/**
 * The object without what the live one of its name was given from a store that the whole cluster shares: nobody else can have it
 * while that one lives, and a trial under another name would only find that out (ServiceSpec: clusterIP, clusterIPs, nodePort,
 * healthCheckNodePort; PersistentVolumeClaimSpec: volumeName).
 */
export function withoutAllocated(object: KubeObject, live: KubeObject | undefined): KubeObject {
  const [spec, own] = [object['spec'], live?.['spec']]
  if (!isMap(spec) || !isMap(own) || live?.kind !== object.kind) return object
  if (object.kind === 'PersistentVolumeClaim')
    return { ...object, spec: without(spec, { volumeName: own['volumeName'] }) }
  if (object.kind !== 'Service') return object
  const { clusterIP, clusterIPs, healthCheckNodePort } = own
  const held = { healthCheckNodePort, ...(clusterIP === 'None' ? {} : { clusterIP, clusterIPs }) }
  return { ...object, spec: { ...without(spec, held), ...portsWithout(spec, nodePortsOf(own)) } }
}

/** What was tried, as it will be: git's values in place of what the trial was given, and nothing where git leaves it open. */
export function withOwnAllocations(tried: KubeObject, object: KubeObject): KubeObject {
  const [spec, own] = [tried['spec'], object['spec']]
  if (!isMap(spec) || !isMap(own)) return tried
  const names = ALLOCATED[tried.kind] ?? []
  const kept = Object.entries(spec).filter(([name]) => !names.includes(name))
  const ours = Object.entries(own).filter(([name]) => names.includes(name))
  const result = { ...Object.fromEntries(kept), ...Object.fromEntries(ours) }
  return { ...tried, spec: { ...result, ...portsAs(spec, own) } }
}

const ALLOCATED: Record<string, readonly string[]> = {
  Service: ['clusterIP', 'clusterIPs', 'healthCheckNodePort'],
  PersistentVolumeClaim: ['volumeName'],
}

function without(spec: JsonMap, held: JsonMap): JsonMap {
  const kept = Object.entries(spec).filter(
    ([name, value]) =>
      held[name] === undefined || JSON.stringify(held[name]) !== JSON.stringify(value),
  )
  return Object.fromEntries(kept)
}

function nodePortsOf({ ports }: JsonMap): ReadonlySet<unknown> {
  return new Set(portList(ports).flatMap(({ nodePort }) => nodePort ?? []))
}

function portsWithout({ ports }: JsonMap, taken: ReadonlySet<unknown>): JsonMap {
  if (!Array.isArray(ports)) return {}
  return {
    ports: ports.map((port: unknown) => {
      if (!isMap(port) || !taken.has(port['nodePort'])) return port
      const { nodePort: _nodePort, ...rest } = port
      return rest
    }),
  }
}

/** The API server keeps their order. */
function portsAs(tried: JsonMap, { ports }: JsonMap): JsonMap {
  if (!Array.isArray(tried['ports'])) return {}
  const own = portList(ports)
  return {
    ports: portList(tried['ports']).map(({ nodePort: _nodePort, ...port }, index) => {
      const nodePort = own[index]?.['nodePort']
      return nodePort === undefined ? port : { ...port, nodePort }
    }),
  }
}

function portList(ports: unknown): JsonMap[] {
  return Array.isArray(ports) ? ports.filter(isMap) : []
}
