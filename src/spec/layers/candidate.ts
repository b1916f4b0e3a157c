import { isMap, type JsonMap } from '../../object/index.ts'
import type { Place } from '../../problem/index.ts'
import { TRIAL_FIELDS } from '../schema/canary.ts'
import { otherSlot } from '../slots.ts'
import type { LayerSource } from './layer.ts'
import { mergeField } from './merge.ts'

/** The layers as they will be once the canary in them is promoted. */
export interface CandidateLayers {
  layers: LayerSource[]
  /** Of each layer that has a canary: there may be one. */
  places: (Place | undefined)[]
}

/**
 * What a canary says is stronger than the layer that it stands in, and weaker than those above: promotion writes it there. Strongest
 * first; undefined where no layer has a canary.
 */
export function candidateLayers(sources: readonly LayerSource[]): CandidateLayers | undefined {
  const trials = sources.filter(source => isMap(source.fields['canary']))
  const [strongest] = trials
  if (strongest === undefined) return undefined
  const slot = otherSlot(mergeField(sources, 'slot'))
  const layers = sources.flatMap(source => {
    const own = source === strongest ? { slot } : {}
    return trials.includes(source) ? [promoted(source, own), withoutTrial(source)] : [source]
  })
  return { layers, places: trials.map(source => source.placeOf(['canary'])) }
}

function promoted(source: LayerSource, own: Readonly<JsonMap>): LayerSource {
  return {
    ...source,
    fields: { ...own, ...candidateFields(source.fields['canary']) },
    placeOf: path => source.placeOf(['canary', ...path]),
  }
}

/** Of a canary: what is of the candidate, and stays when it is promoted. */
export function candidateFields(canary: unknown): JsonMap {
  const fields = isMap(canary) ? Object.entries(canary) : []
  return Object.fromEntries(fields.filter(([name]) => !TRIAL_FIELDS.has(name)))
}

function withoutTrial(source: LayerSource): LayerSource {
  const { canary: _canary, slot: _slot, ...fields } = source.fields
  return { ...source, fields }
}
