import { OBJECTS, formatRef, refOf } from '../object/index.ts'
import { HIDDEN, maskValue } from '../secret/index.ts'
import type { Endpoint, Origin, OwnObject } from '../spec/index.ts'

/** One effective value and where it came from (R7). */
export interface ExplainRow {
  /** `spec.probes.readiness.period`, `spec.volumes[0]`. Durations are in seconds. */
  path: string
  value: unknown
  /** Undefined for what no layer says: values that slipway derives from others. */
  origin: Origin | undefined
}

/** Every effective field of an endpoint, in the order of the spec; an entry of a list is one value. Secrets are hidden. */
export function explain(endpoint: Endpoint): ExplainRow[] {
  const { name, namespace, labels, annotations, spec, objects = [] } = endpoint
  const metadata = { name, namespace, labels, annotations }
  const shown = (value: object) => maskValue(value, () => HIDDEN)
  const rows = [...leaves('metadata', shown(metadata)), ...leaves('spec', shown(spec))].map(
    ({ path, value }) => ({
      path,
      value,
      origin: endpoint.originOf(path),
    }),
  )
  // The project's own objects have no settings.
  return [...(name === OBJECTS ? [] : rows), ...objects.map(ownRow)]
}

/** An object of its own is one row. */
function ownRow({ object, placeOf }: OwnObject, index: number): ExplainRow {
  const value = formatRef(refOf(object))
  return { path: `objects[${index}]`, value, origin: { layer: 'endpoint', place: placeOf('') } }
}

interface Leaf {
  path: string
  value: unknown
}

function leaves(path: string, value: unknown): Leaf[] {
  if (Array.isArray(value))
    return value.map((entry, index) => ({ path: `${path}[${index}]`, value: entry as unknown }))
  if (typeof value !== 'object' || value === null)
    return value === undefined ? [] : [{ path, value }]
  return Object.entries(value).flatMap(([key, member]) => leaves(`${path}.${key}`, member))
}
