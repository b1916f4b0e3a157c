import {
  at,
  defined,
  entries,
  number,
  text,
  type JsonMap,
  type KubeObject,
} from '../../object/index.ts'
import { some } from '../read.ts'

interface Where {
  /** spec.port */
  main: number
  /** That the endpoint has, if it has one. */
  service: KubeObject | undefined
}

/** As the one port is called without a name in `ports`. */
const USUAL_NAME = 'http'

/** Ports of the model server by name: a name of the one port, and the further ones with what their Service makes of them. */
export function namedPortsOf(container: JsonMap, where: Where): JsonMap | undefined {
  const declared = entries(container['ports']).filter(({ name }) => isName(name))
  const ports = new Map<string, unknown>()
  const own = declared.find(port => isMain(port, where.main))
  const mainName = text(own?.['name']) ?? USUAL_NAME
  if (mainName !== USUAL_NAME) ports.set(mainName, where.main)
  for (const port of declared) {
    const name = text(port['name']) ?? ''
    if (name === mainName || ports.has(name) || isMain(port, where.main)) continue
    ports.set(name, furtherPort(port, where.service))
  }
  return some(Object.fromEntries(ports))
}

function isName(name: unknown): boolean {
  return /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text(name) ?? '')
}

function isMain({ containerPort, protocol = 'TCP' }: JsonMap, main: number): boolean {
  return number(containerPort) === main && protocol === 'TCP'
}

function furtherPort(
  { name, containerPort, protocol = 'TCP' }: JsonMap,
  service: KubeObject | undefined,
): unknown {
  const led = entries(at(service, 'spec', 'ports')).find(
    ({ targetPort, port, protocol: by = 'TCP' }) =>
      by === protocol && [containerPort, name].includes(targetPort ?? port),
  )
  const leading = led?.['port']
  const said = defined({
    service: led === undefined && service !== undefined ? false : leading,
    protocol: protocol === 'TCP' ? undefined : protocol,
    appProtocol: led?.['appProtocol'],
  })
  const { service: asked = containerPort, ...more } = said
  const isShort = asked === containerPort && Object.keys(more).length === 0
  if (isShort) return containerPort
  return { port: containerPort, ...(asked === containerPort ? {} : { service: asked }), ...more }
}
