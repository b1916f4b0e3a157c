import { at } from '../../object/index.ts'
import { nameOf } from '../check/rule.ts'
import type { PolicyRule } from './rule.ts'

/** Policy finalizers: nothing that slipway made waits for somebody else's leave to be deleted. */
export const finalizers: PolicyRule = {
  id: 'policy-finalizers',
  levelIn: ({ policies }) => policies.finalizers,
  find: (view, environment) =>
    view.all.flatMap(rendering => {
      const held = at(rendering.object, 'metadata', 'finalizers')
      if (!Array.isArray(held) || held.length === 0) return []
      return {
        rendering,
        field: 'spec.patches',
        message: `${nameOf(rendering)} has the finalizer ${held.join(', ')}, which ${environment.name} does not allow`,
        cause: 'The object cannot be deleted until whoever owns the finalizer removes it.',
        remedy: 'Remove it from the patch.',
      }
    }),
}
