import type { KubeObject } from '../object/index.ts'

/** Every object that we handle has these; a chart or a patch that breaks it is a defect of ours. */
export function asKubeObject(value: unknown): KubeObject {
  if (isKubeObject(value)) return value
  throw new TypeError(`no Kubernetes object: ${JSON.stringify(value)}`)
}

function isKubeObject(value: unknown): value is KubeObject {
  if (typeof value !== 'object' || value === null) return false
  const metadata: unknown = Reflect.get(value, 'metadata')
  return (
    typeof Reflect.get(value, 'apiVersion') === 'string' &&
    typeof Reflect.get(value, 'kind') === 'string' &&
    typeof metadata === 'object' &&
    metadata !== null &&
    typeof Reflect.get(metadata, 'name') === 'string'
  )
}
