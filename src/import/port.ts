import { BUILT_IN } from '../spec/index.ts'
import { at, entries, number } from '../object/index.ts'
import type { JsonMap, KubeObject } from '../object/index.ts'
import { targetsOf } from './around/services.ts'

/** The port that requests go to: where a Service leads to, that a probe asks, that comes first; by number. `usual` where nothing tells. */
export function portOf(
  container: JsonMap,
  services: readonly KubeObject[],
  usual: number = BUILT_IN.port,
): number {
  const declared = entries(container['ports'])
  const numbered = (port: unknown) =>
    number(port) ?? number(declared.find(({ name }) => name === port)?.['containerPort'])
  const targets = targetsOf(services).map(numbered)
  const served = targets.find(
    target => target !== undefined && declared.some(each => each['containerPort'] === target),
  )
  const probed = PROBES.map(probe => numbered(at(container, probe, 'httpGet', 'port')))
  const first = number(declared[0]?.['containerPort'])
  const guess = declared.length === 0 ? targets.find(target => target !== undefined) : undefined
  return served ?? probed.find(port => port !== undefined) ?? first ?? guess ?? usual
}

const PROBES = ['readinessProbe', 'startupProbe', 'livenessProbe']
