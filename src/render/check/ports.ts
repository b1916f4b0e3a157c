import { entries, number, text, type JsonMap } from '../../object/index.ts'

/** Whether a container declares the port, by number or by name. */
export function hasPort(container: JsonMap, port: unknown): boolean {
  return entries(container['ports']).some(
    declared =>
      declared['containerPort'] === port || (port !== undefined && declared['name'] === port),
  )
}

interface Asked {
  containers: readonly JsonMap[]
  /** That requests are meant for: the model server's, or the one that a probe is of. */
  server: JsonMap | undefined
}

/** Whether one of a pod's containers has the port. Where the one that is meant declares none, each number may be one: Kubernetes asks for no declaration. */
export function podHasPort({ containers, server }: Asked, port: unknown): boolean {
  if (containers.some(container => hasPort(container, port))) return true
  return typeof port === 'number' && (server === undefined || entries(server['ports']).length === 0)
}

/** `8000 (http), 9090`; for messages. */
export function formatPorts(containers: readonly JsonMap[]): string {
  const ports = containers
    .flatMap(container => entries(container['ports']))
    .map(port => {
      const name = text(port['name'])
      return `${number(port['containerPort'])}${name === undefined ? '' : ` (${name})`}`
    })
  return ports.length === 0 ? 'no port' : ports.join(', ')
}

export function nameOfContainer(container: JsonMap): string {
  return text(container['name']) ?? '(unnamed)'
}
