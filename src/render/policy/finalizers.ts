import { nameOf } from '../check/rule.ts'
import type { PolicyRule } from './rule.ts'
import { membersBelow } from './walk.ts'

/**
 * Policy finalizers: nothing that slipway made waits for somebody else's leave to be deleted. Nor do pods and claims: controllers copy
 * those of a template.
 */
export const finalizers: PolicyRule = {
  id: 'policy-finalizers',
  levelIn: ({ policies }) => policies.finalizers,
  find: (view, environment) =>
    view.all.flatMap(rendering => {
      const held = membersBelow(rendering.object)
        .filter(({ key }) => key === 'finalizers')
        .flatMap(({ value }) => (Array.isArray(value) ? value.map(String) : []))
      if (held.length === 0) return []
      return {
        rendering,
        field: 'spec.patches',
        message: `${nameOf(rendering)} has the finalizer ${[...new Set(held)].join(', ')}, which ${environment.name} does not allow`,
        cause: 'The object cannot be deleted until whoever owns the finalizer removes it.',
        remedy: 'Remove it from the patch.',
      }
    }),
}
