import { SERVICE, isEmpty, plainSelector } from '../../kinds/index.ts'
import { at } from '../../object/index.ts'
import { namespaceOf } from './pods.ts'
import { nameOf, type Rule } from './rule.ts'
import { strayPods } from './stray-pods.ts'

/** A Service selects the pods of its own endpoint, and no others. */
export const selectorService: Rule = {
  id: 'selector-service',
  find: view =>
    view.ofKind(SERVICE).flatMap(service => {
      if (at(service.object, 'spec', 'type') === 'ExternalName') return []
      const selector = plainSelector(at(service.object, 'spec', 'selector'))
      const taken = isEmpty(selector) ? [] : view.podsIn(namespaceOf(service.object), selector)
      const wrong = strayPods(service, selector, taken)
      if (wrong === undefined) return []
      return {
        rendering: service,
        field: 'metadata.name',
        message: `${nameOf(service)} ${wrong}`,
        cause: 'Requests would go nowhere, or to another model.',
        remedy: 'Leave selector and pod labels as they are rendered.',
      }
    }),
}
