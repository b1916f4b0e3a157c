import { at, entries, members, text, type JsonMap, type KubeObject } from '../object/index.ts'
import { CONFIG_MAP } from './config-map.ts'
import type { Reference, Type } from './kind.ts'
import { PERSISTENT_VOLUME_CLAIM } from './persistent-volume-claim.ts'
import { podSpecOf } from './pods.ts'
import { reference } from './reference.ts'
import { RESOURCE_CLAIM, RESOURCE_CLAIM_TEMPLATE } from './resource-claim.ts'
import { PRIORITY_CLASS, RUNTIME_CLASS } from './scheduling-classes.ts'
import { SECRET } from './secret.ts'
import { SERVICE_ACCOUNT } from './service-account.ts'
import { STORAGE_CLASS } from './storage-class.ts'
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
      reference(SECRET, secret['name'], 'image pull secret'),
    ),
    ...reference(SERVICE_ACCOUNT, at(spec, 'serviceAccountName'), 'service account'),
    ...reference(PRIORITY_CLASS, at(spec, 'priorityClassName'), 'priority class'),
    ...reference(RUNTIME_CLASS, at(spec, 'runtimeClassName'), 'runtime class'),
    ...containers.flatMap(environmentReferences),
    ...entries(at(spec, 'volumes')).flatMap(volumeReferences),
    ...entries(at(spec, 'resourceClaims')).flatMap(claim =>
      named({ claim }, OF_CLAIM, `resource claim ${text(at(claim, 'name')) ?? ''}`),
    ),
  ]
}

/** Where a pod may name an object, and in which member the name is. */
type Place = [type: Type, field: string, name: string]

const OF_VARIABLE: Place[] = [
  [SECRET, 'secretKeyRef', 'name'],
  [CONFIG_MAP, 'configMapKeyRef', 'name'],
]
const OF_VARIABLES: Place[] = [
  [SECRET, 'secretRef', 'name'],
  [CONFIG_MAP, 'configMapRef', 'name'],
]
const OF_VOLUME: Place[] = [
  [SECRET, 'secret', 'secretName'],
  [CONFIG_MAP, 'configMap', 'name'],
  [PERSISTENT_VOLUME_CLAIM, 'persistentVolumeClaim', 'claimName'],
]
const OF_CLAIM: Place[] = [
  [RESOURCE_CLAIM, 'claim', 'resourceClaimName'],
  [RESOURCE_CLAIM_TEMPLATE, 'claim', 'resourceClaimTemplateName'],
]
const OF_PROJECTION: Place[] = [
  [SECRET, 'secret', 'name'],
  [CONFIG_MAP, 'configMap', 'name'],
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
    ...reference(
      STORAGE_CLASS,
      at(volume, 'ephemeral', 'volumeClaimTemplate', 'spec', 'storageClassName'),
      `storage class of ${purpose}`,
    ),
    ...entries(at(volume, 'projected', 'sources')).flatMap(source =>
      named(source, OF_PROJECTION, purpose),
    ),
  ]
}

function named(value: unknown, places: readonly Place[], purpose: string): Reference[] {
  return places.flatMap(([type, field, name]) => {
    const source = at(value, field)
    return reference(type, at(source, name), purpose, at(source, 'optional') === true)
  })
}
