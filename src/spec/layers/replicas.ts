import type { LayerSource } from './layer.ts'

/** `replicas` and `scaling` are alternatives: the one that the strongest layer names holds, and weaker layers' other one does not. */
export function chooseReplicas(sources: readonly LayerSource[]): LayerSource[] {
  const loser = loserOf(sources)
  return loser === undefined ? [...sources] : sources.map(source => without(source, loser))
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
