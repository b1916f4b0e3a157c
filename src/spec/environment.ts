import { defined } from '../object/index.ts'
import { closest, problemWith, type Problem, type Loaded } from '../problem/index.ts'
import { suggestion } from './fields/suggest.ts'
import { policiesOf } from './policies.ts'
import type { ReadProject } from './project.ts'
import type { EnvironmentSpec } from './schema/project.ts'
import type { Environment } from './set.ts'

/** What holds where an environment says nothing. */
export const DEFAULT_KSERVE_VERSION = '0.20.0'

export interface ChosenEnvironment {
  environment: Environment
  spec: EnvironmentSpec
}

interface Choice {
  name: string | undefined
  /** In place of the environment's. */
  namespace: string | undefined
  kserveVersion?: string | undefined
}

/** The named environment; without a name the project's default or only one. */
export function chooseEnvironment(
  project: ReadProject,
  { name, namespace, kserveVersion }: Choice,
): Loaded<ChosenEnvironment> {
  const { environments } = project.document.spec
  const names = Object.keys(environments)
  const chosen = name ?? project.document.spec.defaultEnvironment ?? only(names)
  if (chosen === undefined) return { problems: [unnamed(project, names)] }
  const spec = Object.hasOwn(environments, chosen) ? environments[chosen] : undefined
  if (spec === undefined) return { problems: [unknown(project, chosen, name === undefined)] }
  return buildEnvironment(project, { name: chosen, spec, namespace, kserveVersion })
}

function only(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined
}

function buildEnvironment(
  project: ReadProject,
  given: Choice & { name: string; spec: EnvironmentSpec },
): Loaded<ChosenEnvironment> {
  const { name, spec } = given
  const place = project.placeOf(['spec', 'environments', name])
  const namespace = given.namespace ?? spec.namespace ?? project.document.spec.namespace
  if (namespace === undefined) return { problems: [noNamespace(name, place)] }
  const environment: Environment = {
    name,
    ...defined({ context: spec.context }),
    namespace,
    createNamespace: spec.createNamespace ?? false,
    kserve: { version: given.kserveVersion ?? spec.kserve?.version ?? DEFAULT_KSERVE_VERSION },
    ...defined({ kubernetes: kubernetesOf(spec), nodePools: spec.nodePools }),
    policies: policiesOf(spec.policies ?? {}, path =>
      project.placeOf(['spec', 'environments', name, 'policies', ...path]),
    ),
    place,
  }
  return { value: { environment, spec }, problems: [] }
}

function kubernetesOf({ kubernetes }: EnvironmentSpec): Environment['kubernetes'] {
  const version = kubernetes?.version
  return version === undefined ? undefined : { version }
}

function noNamespace(name: string, place: Problem['place'] & {}): Problem {
  return problemWith({
    code: 'missing-field',
    place,
    message: `the environment "${name}" has no namespace`,
    remedy: 'Set its namespace, or spec.namespace for all environments.',
  })
}

function unnamed(project: ReadProject, names: readonly string[]): Problem {
  const place = project.placeOf(['spec', 'environments'])
  if (names.length === 0) {
    return problemWith({
      code: 'missing-field',
      place,
      message: 'spec.environments names no environment',
      remedy: 'Write one, such as "production: {namespace: llm-ops}".',
    })
  }
  return problemWith({
    code: 'unknown-environment',
    place,
    message: `the project has several environments and none is chosen: ${names.join(', ')}`,
    remedy: 'Name one with -e, or set spec.defaultEnvironment.',
  })
}

function unknown(project: ReadProject, name: string, isDefault: boolean): Problem {
  const { environments, groups = {} } = project.document.spec
  const members = Object.hasOwn(groups, name) ? groups[name] : undefined
  // A default is one environment.
  const groupNames = isDefault ? [] : Object.keys(groups)
  const remedy =
    members === undefined
      ? wordsFor(name, Object.keys(environments), groupNames)
      : `It stands for ${members.join(', ')}: name one of them.`
  return problemWith({
    code: isDefault ? 'bad-value' : 'unknown-environment',
    place: project.placeOf(['spec', isDefault ? 'defaultEnvironment' : 'environments']),
    message:
      members === undefined
        ? `there is no environment "${name}" in slipway.yaml`
        : `"${name}" is a group, and one environment is wanted here`,
    remedy,
  })
}

/** The one that was probably meant, else all there are, environments and groups apart. */
function wordsFor(
  name: string,
  environments: readonly string[],
  groups: readonly string[],
): string | undefined {
  const near = closest(name, [...environments, ...groups])
  const all = suggestion(name, environments, 'Environments')
  if (near !== undefined || all === undefined || groups.length === 0)
    return near === undefined ? all : `Did you mean "${near}"?`
  return `${all} Groups: ${groups.join(', ')}.`
}
