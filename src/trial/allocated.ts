import { kindOf } from '../kinds/index.ts'
import { isMap, entries, type JsonMap, type KubeObject } from '../object/index.ts'

/**
 * The object without what the live one of its name was given from a store that the whole cluster shares: nobody else can have it
 * while that one lives, and a trial under another name would only find that out (ServiceSpec: clusterIP, clusterIPs, nodePort,
 * healthCheckNodePort; PersistentVolumeClaimSpec: volumeName).
 */
export function withoutAllocated(object: KubeObject, live: KubeObject | undefined): KubeObject {
  const [spec, own] = [object['spec'], live?.['spec']]
  if (!isMap(spec) || !isMap(own) || live?.kind !== object.kind) return object
  const { allocated } = kindOf(object)
  if (allocated === undefined) return object
  // That a Service has no address is a wish, not an allocation.
  const isNone = (value: unknown) => value === 'None' || isSame(value, ['None'])
  const fields = allocated.map(name => [name, isNone(own[name]) ? undefined : own[name]] as const)
  const held: JsonMap = Object.fromEntries(fields)
  return { ...object, spec: { ...without(spec, held), ...portsWithout(spec, nodePortsOf(own)) } }
}

/** What was tried, as it will be: git's values in place of what the trial was given, and nothing where git leaves it open. */
export function withOwnAllocations(tried: KubeObject, object: KubeObject): KubeObject {
  const [spec, own] = [tried['spec'], object['spec']]
  if (!isMap(spec) || !isMap(own)) return tried
  const names = kindOf(tried).allocated ?? []
  const kept = Object.entries(spec).filter(([name]) => !names.includes(name))
  const ours = Object.entries(own).filter(([name]) => names.includes(name))
  const result = { ...Object.fromEntries(kept), ...Object.fromEntries(ours) }
  return { ...tried, spec: { ...result, ...portsAs(spec, own) } }
}

function without(spec: JsonMap, held: JsonMap): JsonMap {
  const kept = Object.entries(spec).filter(
    ([name, value]) => held[name] === undefined || !isSame(held[name], value),
  )
  return Object.fromEntries(kept)
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function nodePortsOf({ ports }: JsonMap): ReadonlySet<unknown> {
  return new Set(entries(ports).flatMap(({ nodePort }) => nodePort ?? []))
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
  const own = entries(ports)
  return {
    ports: entries(tried['ports']).map(({ nodePort: _nodePort, ...port }, index) => {
      const nodePort = own[index]?.['nodePort']
      return nodePort === undefined ? port : { ...port, nodePort }
    }),
  }
}
