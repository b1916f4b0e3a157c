import { at, entries, members, text } from '../object/index.ts'
import type { JsonMap, KubeObject } from '../object/index.ts'
import type { Endpoint } from '../spec/index.ts'
import type { RenderedObject } from './rendered.ts'

/** Something that an object needs in its namespace. */
export interface Reference {
  kind: 'Secret' | 'ConfigMap' | 'ServiceAccount' | 'PersistentVolumeClaim'
  name: string
  /** Pods start without it. */
  optional: boolean
  /** What it is for: `image pull secret`, `volume models`. */
  purpose: string
}

export interface ExternalReference extends Reference {
  namespace: string
  endpoint: Endpoint
}

/** What the objects need and the set does not render: to be there before an apply (K5). One entry for each endpoint, kind and name. */
export function externalReferences(objects: readonly RenderedObject[]): ExternalReference[] {
  const rendered = new Set(objects.map(({ object }) => keyOf(object.kind, object.metadata)))
  const needed = objects.flatMap(({ object, endpoint }) => {
    const { namespace = '' } = object.metadata
    return referencesOf(object).map(needs => ({ ...needs, namespace, endpoint }))
  })
  const external = needed.filter(item => !rendered.has(keyOf(item.kind, item)))
  const keyed = external.map(
    item => [`${item.endpoint.name} ${keyOf(item.kind, item)}`, item] as const,
  )
  // The first wins in `new Map` of the reversed list; a needed one before an optional one.
  const needier = keyed.toSorted(([, a], [, b]) => Number(b.optional) - Number(a.optional))
  return [...new Map(needier).values()]
}

function keyOf(
  kind: string,
  { namespace = '', name }: { namespace?: string; name: string },
): string {
  return `${kind}/${namespace}/${name}`
}

/** Everything that one object refers to by name. */
export function referencesOf(object: KubeObject): Reference[] {
  switch (object.kind) {
    case 'Deployment':
      return podReferences(at(object, 'spec', 'template', 'spec'))
    case 'InferenceService':
      return podReferences(at(object, 'spec', 'predictor'))
    case 'Ingress':
      return entries(at(object, 'spec', 'tls')).flatMap(tls =>
        reference('Secret', tls['secretName'], 'certificate'),
      )
    default:
      return []
  }
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

function environmentReferences(container: JsonMap): Reference[] {
  const single = entries(container['env']).flatMap(variable => {
    const purpose = `variable ${text(variable['name']) ?? ''}`
    const from = variable['valueFrom']
    return [
      ...reference('Secret', at(from, 'secretKeyRef', 'name'), purpose, at(from, 'secretKeyRef')),
      ...reference(
        'ConfigMap',
        at(from, 'configMapKeyRef', 'name'),
        purpose,
        at(from, 'configMapKeyRef'),
      ),
    ]
  })
  const whole = entries(container['envFrom']).flatMap(source => [
    ...reference('Secret', at(source, 'secretRef', 'name'), 'variables', source['secretRef']),
    ...reference(
      'ConfigMap',
      at(source, 'configMapRef', 'name'),
      'variables',
      source['configMapRef'],
    ),
  ])
  return [...single, ...whole]
}

function volumeReferences(volume: JsonMap): Reference[] {
  const purpose = `volume ${text(volume['name']) ?? ''}`
  const projected = entries(at(volume, 'projected', 'sources')).flatMap(source => [
    ...reference('Secret', at(source, 'secret', 'name'), purpose, source['secret']),
    ...reference('ConfigMap', at(source, 'configMap', 'name'), purpose, source['configMap']),
  ])
  return [
    ...reference('Secret', at(volume, 'secret', 'secretName'), purpose, volume['secret']),
    ...reference('ConfigMap', at(volume, 'configMap', 'name'), purpose, volume['configMap']),
    ...reference(
      'PersistentVolumeClaim',
      at(volume, 'persistentVolumeClaim', 'claimName'),
      purpose,
    ),
    ...projected,
  ]
}

function reference(
  kind: Reference['kind'],
  name: unknown,
  purpose: string,
  source?: unknown,
): Reference[] {
  if (typeof name !== 'string') return []
  return [{ kind, name, optional: at(source, 'optional') === true, purpose }]
}
