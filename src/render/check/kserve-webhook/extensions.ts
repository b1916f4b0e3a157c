import { at, members, number, text } from '../../../object/index.ts'
import type { Component, Refusals, Service } from './service.ts'

/** What all components have: bounds, concurrency, a logger (component.go, ComponentExtensionSpec.Validate). */
export function extensions({ components }: Service): Refusals {
  return components.map(component => [bounds(component), logger(component)])
}

export function bounds({ name, spec, path }: Component): Refusals {
  const [min, max] = [number(spec['minReplicas']) ?? 1, number(spec['maxReplicas']) ?? 0]
  const negative = ['minReplicas', 'maxReplicas', 'containerConcurrency']
    .filter(field => (number(spec[field]) ?? 0) < 0)
    .map(field => ({ path: [...path, field], why: `${field} of the ${name} is below 0` }))
  if (negative.length > 0 || max === 0 || min <= max) return negative
  const said = spec['minReplicas'] === undefined ? '1 where nobody says it' : String(min)
  return {
    path: [...path, 'maxReplicas'],
    why: `minReplicas of the ${name} (${said}) is above maxReplicas (${max})`,
  }
}

function logger({ name, spec, path }: Component): Refusals {
  if (spec['logger'] === undefined) return []
  const mode = text(at(spec, 'logger', 'mode'))
  const where = [...path, 'logger']
  // Another word is a matter of the schema; up to 0.19 an empty one is gone by then.
  if (mode === undefined || mode === '')
    return { path: where, why: `the logger of the ${name} has no mode: all, request or response` }
  const storage = at(spec, 'logger', 'storage')
  const missing = ['path', 'parameters', 'key'].filter(
    field => (members(storage)[field] ?? undefined) === undefined,
  )
  if (storage === undefined || missing.length === 0) return []
  return {
    path: [...where, 'storage'],
    why: `the logger’s storage of the ${name} has no ${missing.join(', no ')}`,
  }
}
