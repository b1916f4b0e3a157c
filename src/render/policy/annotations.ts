import { at, texts } from '../../object/index.ts'
import type { Rendering } from '../rendered.ts'
import { membersBelow } from './walk.ts'

export interface Annotation {
  name: string
  value: string
  /** The field of the spec that it most likely comes from. */
  field: string
}

/** All annotations of an object and of the pods in it: what two say of one name counts twice. */
export function annotationsOf({ object, endpoint }: Rendering): Annotation[] {
  const maps = membersBelow(object).filter(({ key }) => key === 'annotations')
  const all = maps.flatMap(({ value }) => Object.entries(texts(value)))
  const distinct = new Map(
    all.map(([name, value]) => [JSON.stringify([name, value]), { name, value }]),
  )
  return [...distinct.values()].map(each => ({ ...each, field: fieldOf(each.name, endpoint.spec) }))
}

const PLACES = [['ingress'], ['route'], ['service'], ['serviceAccount']]

function fieldOf(name: string, spec: unknown): string {
  const place = PLACES.find(path => name in texts(at(spec, ...path, 'annotations')))
  return `${place === undefined ? 'metadata' : `spec.${place.join('.')}`}.annotations.${name}`
}
