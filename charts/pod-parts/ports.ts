import type { k8s } from 'cdk8s-plus-28'
import type { Endpoint } from '../../src/spec/index.ts'
import { isSaid } from './as-said.ts'
import type { Plain } from '../plain.ts'

type ContainerPort = Plain<k8s.ContainerPort>
type ServicePort = Plain<k8s.ServicePort>

/** The one port, under the name that `ports` gives it, and the further ones. */
export function containerPortsOf({ spec }: Endpoint): ContainerPort[] {
  const further = furtherPorts(spec).map(([name, { port, protocol }]) => ({
    name,
    containerPort: port,
    protocol: protocol ?? 'TCP',
  }))
  return [
    { name: nameOfMain(spec) ?? 'http', containerPort: spec.port, protocol: 'TCP' },
    ...further,
  ]
}

/** Knative takes one port, and of names its own: `h2c` for HTTP/2 without TLS. */
export function knativePortOf({ spec }: Endpoint): ContainerPort {
  return { name: nameOfMain(spec), containerPort: spec.port, protocol: 'TCP' }
}

/** With slipway's defaults off: the ports that are said, under names that are said. */
export function saidPortsOf(endpoint: Endpoint): ContainerPort[] | undefined {
  const main = knativePortOf(endpoint)
  const further = containerPortsOf(endpoint).slice(1)
  if (isSaid(endpoint, 'port') || main.name !== undefined) return [main, ...further]
  return further.length === 0 ? undefined : further
}

/** By number: the names may be those of several containers. */
export function servicePortsOf({ spec }: Endpoint, port: number): ServicePort[] {
  const main = mainPort(spec)
  const further = furtherPorts(spec).flatMap(([name, given]) =>
    given.service === false
      ? []
      : [
          {
            name,
            port: given.service ?? given.port,
            protocol: given.protocol ?? 'TCP',
            targetPort: given.port,
            appProtocol: given.appProtocol ?? usualProtocol(name),
          },
        ],
  )
  const own = {
    name: main?.[0] ?? 'http',
    port,
    protocol: 'TCP',
    targetPort: spec.port,
    appProtocol: main === undefined ? undefined : (main[1].appProtocol ?? usualProtocol(main[0])),
  }
  return [own, ...further]
}

function usualProtocol(name: string): string | undefined {
  return name === 'h2c' ? 'kubernetes.io/h2c' : undefined
}

type Port = NonNullable<Endpoint['spec']['ports']>[string]

function nameOfMain(spec: Endpoint['spec']): string | undefined {
  return mainPort(spec)?.[0]
}

function mainPort({ port, ports = {} }: Endpoint['spec']): [string, Port] | undefined {
  return Object.entries(ports).find(([, each]) => isMain(each, port))
}

function furtherPorts({ port, ports = {} }: Endpoint['spec']): [string, Port][] {
  return Object.entries(ports).filter(([, each]) => !isMain(each, port))
}

function isMain({ port, protocol = 'TCP' }: Port, main: number): boolean {
  return port === main && protocol === 'TCP'
}
