import { entries, number, text } from './read.ts'
import type { Members } from './read.ts'

/** Whether a container declares the port, by number or by name. */
export function hasPort(container: Members, port: unknown): boolean {
  return entries(container['ports']).some(
    declared =>
      declared['containerPort'] === port || (port !== undefined && declared['name'] === port),
  )
}

/** Whether one of a pod's containers has the port. Where none declares any, each number may be one: Kubernetes asks for no declaration. */
export function podHasPort(containers: readonly Members[], port: unknown): boolean {
  if (containers.some(container => hasPort(container, port))) return true
  return typeof port === 'number' && containers.every(isSilent)
}

function isSilent(container: Members): boolean {
  return entries(container['ports']).length === 0
}

/** `8000 (http), 9090`; for messages. */
export function formatPorts(containers: readonly Members[]): string {
  const ports = containers
    .flatMap(container => entries(container['ports']))
    .map(port => {
      const name = text(port['name'])
      return `${number(port['containerPort'])}${name === undefined ? '' : ` (${name})`}`
    })
  return ports.length === 0 ? 'no port' : ports.join(', ')
}

export function nameOfContainer(container: Members): string {
  return text(container['name']) ?? '(unnamed)'
}
