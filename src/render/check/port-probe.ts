import { at, members, type JsonMap } from '../../object/index.ts'
import { listOf } from '../../words/index.ts'
import { formatPorts, nameOfContainer, podHasPort } from './ports.ts'
import { shown } from './read.ts'
import { nameOf, type Rule } from './rule.ts'

const HANDLERS = {
  readinessProbe: ['readinessProbe'],
  livenessProbe: ['livenessProbe'],
  startupProbe: ['startupProbe'],
  'preStop hook': ['lifecycle', 'preStop'],
  'postStart hook': ['lifecycle', 'postStart'],
}

/** Every probe and hook asks a port that its container has, or another one of the pod by number: they share a network (K1). */
export const portProbe: Rule = {
  id: 'port-probe',
  find: view =>
    view.pods.flatMap(pods =>
      pods.containers.flatMap(container =>
        strayPorts(container, pods.containers).map(({ handlers, port }) => ({
          rendering: pods.workload,
          field: 'spec.probes',
          message: `the ${listOf(handlers)} of ${nameOf(pods.workload)} ${handlers.length === 1 ? 'asks' : 'ask'} port ${port}, where container ${nameOfContainer(container)} has ${formatPorts([container])}`,
          cause: 'The kubelet would get no answer there, and the pod would never become Ready.',
          remedy: 'Change spec.port, which feeds probes and container alike.',
        })),
      ),
    ),
}

/** A port is told once, however many ask it: a startup probe asks as the readiness probe does. */
function strayPorts(container: JsonMap, containers: readonly JsonMap[]) {
  const found = Object.entries(HANDLERS).flatMap(([handler, path]) => {
    const action = members(at(container, ...path))
    const port = ['httpGet', 'tcpSocket', 'grpc']
      .map(kind => members(action[kind]))
      .find(target => target['port'] !== undefined && target['host'] === undefined)?.['port']
    // A name is one of its own container.
    const owners = typeof port === 'number' ? containers : [container]
    const isThere =
      port === undefined || podHasPort({ containers: owners, server: container }, port)
    return isThere ? [] : [{ handler, port: shown(port) }]
  })
  return [...Map.groupBy(found, ({ port }) => port)].map(([port, all]) => ({
    port,
    handlers: all.map(({ handler }) => handler),
  }))
}
