import type { KubeObject } from '../../object/index.ts'
import { namedList, objectAt, podIn } from './pods.ts'

/**
 * Parts of an object that somebody else made and that are gone once it is as git says: containers, volumes, ports, components of an
 * InferenceService. One under another name is another one.
 */
export function partsLost(live: KubeObject, result: KubeObject): string[] {
  const kept = partsOf(result)
  return [...partsOf(live)].filter(part => !kept.has(part)).map(part => `${part} goes`)
}

function partsOf(object: KubeObject): ReadonlySet<string> {
  if (object.kind === 'Service') return new Set(servicePorts(object))
  const components = COMPONENTS.filter(
    name => Object.keys(objectAt(object, 'spec', name)).length > 0,
  )
  const pod = podIn(object)
  return new Set([...components.map(name => `component ${name}`), ...(pod ? podParts(pod) : [])])
}

const COMPONENTS = ['transformer', 'explainer']

function podParts(pod: Record<string, unknown>): string[] {
  const containers = namedList(pod['containers'])
  const ports = [containers, namedList(pod['initContainers'])]
    .flat()
    .flatMap(({ ports: own }) => namedList(own))
  return [
    ...names(containers, 'container'),
    ...names(pod['initContainers'], 'init container'),
    ...names(pod['volumes'], 'volume'),
    ...ports.map(({ containerPort }) => `container port ${String(containerPort)}`),
    ...[...SERVED_BY_RUNTIMES, 'workerSpec']
      .filter(name => pod[name] !== undefined)
      .map(name => `model server ${name}`),
  ]
}

/** Predictors that KServe fills from a serving runtime. */
export const SERVED_BY_RUNTIMES: readonly string[] = [
  'model',
  'sklearn',
  'xgboost',
  'tensorflow',
  'pytorch',
  'triton',
  'onnx',
  'huggingface',
  'pmml',
  'lightgbm',
  'paddle',
]

function names(list: unknown, what: string): string[] {
  return namedList(list).map(({ name }) => `${what} ${String(name)}`)
}

function servicePorts(service: KubeObject): string[] {
  return namedList(objectAt(service, 'spec')['ports']).map(({ port }) => `port ${String(port)}`)
}
