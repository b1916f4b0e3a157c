import { namespaceOf } from '../check/pods.ts'
import { nameOf } from '../check/rule.ts'
import { fillFor, isAllowed, listed } from './pattern.ts'
import type { PolicyRule } from './rule.ts'

/** Policy namespaces: every object is in a namespace that the environment allows. */
export const namespaces: PolicyRule = {
  id: 'policy-namespaces',
  levelIn: ({ policies }) => policies.namespaces.level,
  find: (view, environment) => {
    const { allow: patterns } = environment.policies.namespaces
    return view.all
      .filter(
        rendering =>
          !isAllowed(namespaceOf(rendering.object), { patterns }, fillFor(rendering, environment)),
      )
      .map(rendering => ({
        rendering,
        field: 'metadata.namespace',
        message: `${nameOf(rendering)} is in a namespace that ${environment.name} does not allow`,
        cause: `policies.namespaces allows: ${listed(patterns)}.`,
        remedy: 'Use an allowed namespace, or have this one added to the policy.',
      }))
  },
}
