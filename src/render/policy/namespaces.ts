import { isOf, REFERENCE_GRANT } from '../../kinds/index.ts'
import { at, items, text } from '../../object/index.ts'
import type { Environment } from '../../spec/index.ts'
import { namespaceOf } from '../check/pods.ts'
import { nameOf, type Finding } from '../check/rule.ts'
import type { Rendering } from '../rendered.ts'
import { fillFor, isAllowed, listed } from './pattern.ts'
import type { PolicyRule } from './rule.ts'

/** Policy namespaces: every object is in a namespace that the environment allows, and lets no other one in. */
export const namespaces: PolicyRule = {
  id: 'policy-namespaces',
  levelIn: ({ policies }) => policies.namespaces.level,
  find: (view, environment) =>
    view.all.flatMap(rendering => [
      ...elsewhere(rendering, environment),
      ...letIn(rendering, environment),
    ]),
}

function elsewhere(rendering: Rendering, environment: Environment): Finding[] {
  if (mayBe(namespaceOf(rendering.object), rendering, environment)) return []
  return [
    {
      rendering,
      field: 'metadata.namespace',
      message: `${nameOf(rendering)} is in a namespace that ${environment.name} does not allow`,
      cause: allowed(environment),
      remedy: 'Use an allowed namespace, or have this one added to the policy.',
    },
  ]
}

/** A grant opens this namespace to routes and Gateways of others. */
function letIn(rendering: Rendering, environment: Environment): Finding[] {
  if (!isOf(rendering.object, REFERENCE_GRANT)) return []
  return items(at(rendering.object, 'spec', 'from'))
    .map(from => text(at(from, 'namespace')) ?? '')
    .filter(namespace => !mayBe(namespace, rendering, environment))
    .map(namespace => ({
      rendering,
      field: 'spec.from',
      subject: namespace,
      message: `${nameOf(rendering)} lets the namespace "${namespace}" refer to objects here, which ${environment.name} does not allow`,
      cause: allowed(environment),
      remedy: 'Grant it to an allowed namespace, or have this one added to the policy.',
    }))
}

function mayBe(namespace: string, rendering: Rendering, environment: Environment): boolean {
  const { allow: patterns } = environment.policies.namespaces
  return isAllowed(namespace, { patterns }, fillFor(rendering, environment))
}

function allowed({ policies }: Environment): string {
  return `policies.namespaces allows: ${listed(policies.namespaces.allow)}.`
}
