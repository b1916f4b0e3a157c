import { POD_DISRUPTION_BUDGET, labelSelector } from '../../kinds/index.ts'
import { at } from '../../object/index.ts'
import { namespaceOf } from './pods.ts'
import { nameOf, type Rule } from './rule.ts'
import { strayPods } from './stray-pods.ts'

/** A PodDisruptionBudget counts the pods of its own endpoint, and no others. */
export const selectorPdb: Rule = {
  id: 'selector-pdb',
  find: view =>
    view.ofKind(POD_DISRUPTION_BUDGET).flatMap(budget => {
      const selector = labelSelector(at(budget.object, 'spec', 'selector'))
      const taken = view.podsIn(namespaceOf(budget.object), selector)
      const wrong = strayPods(budget, selector, taken)
      if (wrong === undefined) return []
      return {
        rendering: budget,
        field: 'spec.disruptionBudget',
        message: `${nameOf(budget)} ${wrong}`,
        cause: 'It would protect nothing, or block evictions of other endpoints.',
        remedy: 'Leave selector and pod labels as they are rendered.',
      }
    }),
}
