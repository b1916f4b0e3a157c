import { at, entries, members, text } from '../object/index.ts'
import type { JsonMap, KubeObject } from '../object/index.ts'
import type { Reference } from './kind.ts'
import { podSpecOf } from './pods.ts'
import { reference } from './reference.ts'
import { kindOf } from './table.ts'

/** Everything that one object refers to by name. */
export function referencesOf(object: KubeObject): Reference[] {
  const { references, runtime } = kindOf(object)
  return [
    ...(runtime === undefined ? [] : podReferences(podSpecOf(object))),
    ...(references?.(object) ?? []),
  ]
}

function podReferences(spec: unknown): Reference[] {
  const listed = [...entries(at(spec, 'initContainers')), ...entries(at(spec, 'containers'))]
  // A model of KServe is a container, too, which a serving runtime completes.
  const containers = [...listed, members(at(spec, 'model'))]
  return [
    ...entries(at(spec, 'imagePullSecrets')).flatMap(secret =>
      reference('Secret', secret['name'], 'image pull secret'),
    ),
    ...reference('ServiceAccount', at(spec, 'serviceAccountName'), 'service account'),
    ...containers.flatMap(environmentReferences),
    ...entries(at(spec, 'volumes')).flatMap(volumeReferences),
  ]
}

/** Where a pod may name an object, and in which member the name is. */
type Place = [kind: string, field: string, name: string]

const OF_VARIABLE: Place[] = [
  ['Secret', 'secretKeyRef', 'name'],
  ['ConfigMap', 'configMapKeyRef', 'name'],
]
const OF_VARIABLES: Place[] = [
  ['Secret', 'secretRef', 'name'],
  ['ConfigMap', 'configMapRef', 'name'],
]
const OF_VOLUME: Place[] = [
  ['Secret', 'secret', 'secretName'],
  ['ConfigMap', 'configMap', 'name'],
  ['PersistentVolumeClaim', 'persistentVolumeClaim', 'claimName'],
]
const OF_PROJECTION: Place[] = [
  ['Secret', 'secret', 'name'],
  ['ConfigMap', 'configMap', 'name'],
]

function environmentReferences(container: JsonMap): Reference[] {
  return [
    ...entries(at(container, 'env')).flatMap(variable =>
      named(variable['valueFrom'], OF_VARIABLE, `variable ${text(at(variable, 'name')) ?? ''}`),
    ),
    ...entries(at(container, 'envFrom')).flatMap(source =>
      named(source, OF_VARIABLES, 'variables'),
    ),
  ]
}

function volumeReferences(volume: JsonMap): Reference[] {
  const purpose = `volume ${text(at(volume, 'name')) ?? ''}`
  return [
    ...named(volume, OF_VOLUME, purpose),
    ...entries(at(volume, 'projected', 'sources')).flatMap(source =>
      named(source, OF_PROJECTION, purpose),
    ),
  ]
}

function named(value: unknown, places: readonly Place[], purpose: string): Reference[] {
  return places.flatMap(([kind, field, name]) => {
    const source = at(value, field)
    return reference(kind, at(source, name), purpose, at(source, 'optional') === true)
  })
}
