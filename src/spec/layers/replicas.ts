import { at, isMap } from '../../object/index.ts'
import type { LayerSource } from './layer.ts'
import { mergeField } from './merge.ts'

/** `replicas` and `scaling` are alternatives: the one that the strongest layer names holds, and weaker layers' other one does not. */
export function chooseReplicas(sources: readonly LayerSource[]): LayerSource[] {
  const settled = isIdle(sources) ? sources.map(minAsReplicas) : [...sources]
  const loser = loserOf(settled)
  return loser === undefined ? settled : settled.map(source => without(source, loser))
}

/** Settings for autoscalers in weaker layers make none: without a max in any layer there is no autoscaler. */
function isIdle(sources: readonly LayerSource[]): boolean {
  const scaling = mergeField(sources, 'scaling')
  if (!isMap(scaling) || scaling['max'] !== undefined) return false
  return !sources.some(({ layer, fields }) => layer === 'endpoint' && isMap(fields['scaling']))
}

/** The fewest replicas of no autoscaler are the number of replicas. */
function minAsReplicas(source: LayerSource): LayerSource {
  const min = at(source.fields['scaling'], 'min')
  const rest = without(source, 'scaling')
  if (min === undefined || min === null || rest.fields['replicas'] !== undefined) return rest
  return {
    ...rest,
    fields: { ...rest.fields, replicas: min },
    placeOf: path => source.placeOf(path[0] === 'replicas' ? ['scaling', 'min'] : path),
  }
}

function loserOf(sources: readonly LayerSource[]): 'replicas' | 'scaling' | undefined {
  const removed = new Set<string>()
  for (const { fields, isBuiltIn } of sources) {
    for (const [name, other] of [
      ['scaling', 'replicas'],
      ['replicas', 'scaling'],
    ] as const) {
      if (fields[name] === null) removed.add(name)
      else if (fields[name] !== undefined && (isBuiltIn || !removed.has(name))) return other
    }
  }
  return undefined
}

function without(source: LayerSource, name: string): LayerSource {
  if (!(name in source.fields)) return source
  const { [name]: _, ...fields } = source.fields
  return { ...source, fields }
}
