import { BUILT_IN } from '../spec/index.ts'
import { at, entries, number, type JsonMap, type KubeObject } from '../object/index.ts'
import { targetsOf } from './around/services.ts'

/**
 * The port that requests go to: where a Service leads to, that a probe asks, that comes first; by number. Of a server that declares ports it is one
 * of them: another one would have to be declared, and its pods replaced. `usual` where nothing tells.
 */
export function portOf(
  container: JsonMap,
  services: readonly KubeObject[],
  usual: number = BUILT_IN.port,
): number {
  const declared = entries(container['ports'])
  const numbered = (port: unknown) =>
    number(port) ?? number(declared.find(({ name }) => name === port)?.['containerPort'])
  const targets = targetsOf(services).map(numbered)
  const isDeclared = (port: unknown) =>
    port !== undefined && declared.some(each => each['containerPort'] === port)
  const probes = PROBES.map(probe => numbered(at(container, probe, 'httpGet', 'port')))
  const led = targets.find(isDeclared) ?? probes.find(isDeclared)
  if (declared.length > 0) return led ?? number(declared[0]?.['containerPort']) ?? usual
  return [...probes, ...targets].find(port => port !== undefined) ?? usual
}

const PROBES = ['readinessProbe', 'startupProbe', 'livenessProbe']
