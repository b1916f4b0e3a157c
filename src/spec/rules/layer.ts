import { at, isMap } from '../../object/index.ts'
import { allFound, problemWith, type Found, type Problem } from '../../problem/index.ts'
import type { LayerSource } from '../layers/layer.ts'

/** What must not stand in one layer together, wherever that layer is written. */
export function checkLayer(source: LayerSource): Problem[] {
  return allFound([
    replicasOrScaling(source),
    sameNames(source, 'volumes'),
    sameNames(source, 'adapters'),
    canaryOfAll(source),
  ])
}

/** A candidate is of one endpoint: its own file has it, or an environment's overlay. */
function canaryOfAll({ layer, fields, placeOf }: LayerSource): Found<Problem> {
  if (layer === 'endpoint' || layer === 'overlay' || !isMap(fields['canary'])) return undefined
  return problemWith({
    code: 'contradiction',
    place: placeOf(['canary']),
    message: 'a canary is among settings for all endpoints',
    cause: 'It is a candidate of one endpoint.',
    remedy: "Write it into the endpoint's file, or into an overlay entry that names it.",
  })
}

function replicasOrScaling({ fields, placeOf }: LayerSource): Found<Problem> {
  const { replicas, scaling } = fields
  if (typeof replicas !== 'number' || typeof scaling !== 'object' || scaling === null)
    return undefined
  return problemWith({
    code: 'contradiction',
    place: placeOf(['replicas']),
    message: 'replicas and scaling are given together',
    cause: 'An autoscaler would fight over the number of replicas with every apply.',
    remedy: 'Keep replicas for a fixed number, or scaling for an autoscaler.',
  })
}

/** Across layers an entry replaces the weaker one of its name; in one list that is a mistake. */
function sameNames({ fields, placeOf }: LayerSource, list: 'volumes' | 'adapters'): Found<Problem> {
  const items = fields[list]
  const names = Array.isArray(items) ? items.map(item => String(at(item, 'name'))) : []
  return names.map((name, index) => {
    if (names.indexOf(name) === index) return undefined
    return problemWith({
      code: 'contradiction',
      place: placeOf([list, index, 'name']),
      message: `there are two ${list} named "${name}"`,
      remedy: 'Rename one of them, or remove it.',
    })
  })
}
