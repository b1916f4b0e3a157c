import { SERVICE } from '../kinds/index.ts'
import {
  at,
  canonicalQuantity,
  defined,
  isMap,
  type JsonMap,
  type KubeObject,
} from '../object/index.ts'

/** What of an object is for somebody to say: without what the API server, its controllers and kubectl write. Quantities are canonical. */
export function comparable(object: KubeObject): JsonMap {
  const { metadata, status: _status, ...rest } = structuredClone(object) as KubeObject & JsonMap
  const { labels, annotations } = metadata
  const own = { labels: labels ?? {}, annotations: withoutKubectl(annotations) }
  const tidy = canonical({ ...rest, metadata: own }) as JsonMap
  if (object.kind === SERVICE.kind) tidy['spec'] = withoutAddresses(tidy['spec'])
  tidyTemplate(at(tidy, 'spec', 'template'))
  return tidy
}

export function isKubectl(annotation: string): boolean {
  return /^(kubectl\.kubernetes\.io|deployment\.kubernetes\.io)\//.test(annotation)
}

function withoutKubectl(annotations: unknown): JsonMap {
  const own = Object.entries(Object(annotations) as JsonMap)
  return Object.fromEntries(own.filter(([name]) => !isKubectl(name)))
}

/** That of a restart stays on the pods: without it they would be replaced. */
function withoutLastApplied(annotations: unknown): JsonMap {
  const { 'kubectl.kubernetes.io/last-applied-configuration': _applied, ...own } = Object(
    annotations,
  ) as JsonMap
  return own
}

/** Allocated for the object; that a Service has none is somebody's wish. */
function withoutAddresses(spec: unknown): JsonMap {
  const {
    clusterIP,
    clusterIPs: _all,
    healthCheckNodePort: _port,
    ...rest
  } = Object(spec) as JsonMap
  return defined({ clusterIP: clusterIP === 'None' ? clusterIP : undefined, ...rest })
}

function tidyTemplate(template: unknown): void {
  const metadata = at(template, 'metadata')
  const annotations = at(metadata, 'annotations')
  if (annotations !== undefined)
    Reflect.set(Object(metadata), 'annotations', withoutLastApplied(annotations))
  const pod = at(template, 'spec')
  // An old name of the same field, which the API server keeps beside the new one.
  if (at(pod, 'serviceAccount') === at(pod, 'serviceAccountName'))
    Reflect.deleteProperty(Object(pod), 'serviceAccount')
  // The only one that a Deployment takes; of an init container the same word says something.
  if (at(pod, 'restartPolicy') === 'Always') Reflect.deleteProperty(Object(pod), 'restartPolicy')
  // Every pod has one; an empty one of a container is a field that somebody wrote, and part of what a rollout compares.
  const context = at(pod, 'securityContext')
  if (isMap(context) && Object.keys(context).length === 0)
    Reflect.deleteProperty(Object(pod), 'securityContext')
}

const QUANTITIES = new Set(['limits', 'requests'])

function canonical(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map(item => canonical(item))
  if (key === 'sizeLimit') return quantity(value)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(
    members.map(([name, member]) => [
      name,
      QUANTITIES.has(key) ? quantity(member) : canonical(member, name),
    ]),
  )
}

function quantity(value: unknown): unknown {
  return typeof value === 'string' || typeof value === 'number'
    ? canonicalQuantity(String(value))
    : value
}
