import { claimsLost, FRAMEWORKS, kindOf, podSpecOf } from '../../kinds/index.ts'
import { at, entries, members, type KubeObject } from '../../object/index.ts'

/**
 * Parts of an object that somebody else made and that are gone once it is as git says: containers, volumes, ports, keys, hosts and paths,
 * components of an InferenceService. One under another name is another one.
 */
export function partsLost(live: KubeObject, result: KubeObject): string[] {
  const kept = partsOf(result)
  const claims = claimsLost(live, result).map(({ url }) => `address ${url}`)
  const parts = [...partsOf(live)].filter(part => !kept.has(part))
  return [...new Set([...claims, ...parts])].map(part => `${part} goes`)
}

function partsOf(object: KubeObject): ReadonlySet<string> {
  const components = COMPONENTS.filter(
    name => Object.keys(members(at(object, 'spec', name))).length > 0,
  )
  const pod = podSpecOf(object)
  return new Set([
    ...(kindOf(object).parts?.(object) ?? []),
    ...components.map(name => `component ${name}`),
    ...(pod ? podParts(pod) : []),
  ])
}

const COMPONENTS = ['transformer', 'explainer']

function podParts(pod: Record<string, unknown>): string[] {
  const containers = entries(at(pod, 'containers'))
  const ports = [containers, entries(at(pod, 'initContainers'))]
    .flat()
    .flatMap(container => entries(at(container, 'ports')))
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
const SERVED_BY_RUNTIMES = ['model', ...FRAMEWORKS]

function names(list: unknown, what: string): string[] {
  return entries(list).map(({ name }) => `${what} ${String(name)}`)
}
