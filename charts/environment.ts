import type { k8s } from 'cdk8s-plus-28'
import { isServerless, type Endpoint } from '../src/spec/index.ts'
import { writesDefaults } from './pod-parts/as-said.ts'
import type { Plain } from './plain.ts'
import { hasScratch, SCRATCH_PATH } from './storage.ts'

type EnvVar = Plain<k8s.EnvVar>
type EnvFrom = Plain<k8s.EnvFromSource>
type EnvValue = NonNullable<Endpoint['spec']['env']>[string]

/** What slipway tells the server, first, so that `$(PORT)` works in the user's own; the user's win by name. */
export function environmentOf(endpoint: Endpoint): EnvVar[] {
  const given = endpoint.spec.env ?? {}
  const own = Object.entries(ownVariables(endpoint)).flatMap(([name, value]) =>
    value === undefined || Object.hasOwn(given, name) ? [] : [variable(name, value)],
  )
  return [...own, ...Object.entries(given).map(([name, value]) => variable(name, value))]
}

function ownVariables(endpoint: Endpoint): Record<string, string | undefined> {
  const { model, port } = endpoint.spec
  // A serving runtime tells its server all this in its own way.
  if (endpoint.serving !== undefined) return {}
  return {
    // Knative sets PORT itself and refuses it in a spec.
    PORT: isServerless(endpoint) || !writesDefaults(endpoint) ? undefined : String(port),
    // Caches go to ~; the only writable place is the scratch volume.
    HOME: hasScratch(endpoint) ? SCRATCH_PATH : undefined,
    MODEL_REF: model?.ref,
    MODEL_FAMILY: model?.family,
    MODEL_JOB_TYPE: model?.jobType,
    MODEL_URI: model?.uri,
    // KServe's webhook then adds its storage initializer, which fills /mnt/models.
    STORAGE_URI: model?.fetch === 'kserve' ? model.uri : undefined,
  }
}

function variable(name: string, value: EnvValue): EnvVar {
  // The API server keeps no empty value.
  if (value === '') return { name }
  if (typeof value === 'string') return { name, value }
  if ('field' in value) {
    // With the version that the API server would write in: the reference is compared whole.
    return { name, valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: value.field } } }
  }
  const { key, optional } = value
  if ('secret' in value) {
    return { name, valueFrom: { secretKeyRef: { name: value.secret, key, optional } } }
  }
  return { name, valueFrom: { configMapKeyRef: { name: value.configMap, key, optional } } }
}

export function environmentSourcesOf({ spec }: Endpoint): EnvFrom[] | undefined {
  return spec.envFrom?.map(source => {
    const { optional } = source
    const prefix = source.prefix === '' ? undefined : source.prefix
    return 'secret' in source
      ? { prefix, secretRef: { name: source.secret, optional } }
      : { prefix, configMapRef: { name: source.configMap, optional } }
  })
}
