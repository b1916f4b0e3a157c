import { at, entries } from '../../../object/index.ts'
import { SERVING_CONTAINER } from '../../../serving-runtime/index.ts'
import { suggestion } from '../../fields/suggest.ts'
import type { Endpoint } from '../../set.ts'
import type { Rule } from '../rule.ts'

/** A container below `pod` is one of the pod's, or has an image: under a misspelt name it would be one more, which no API server takes. */
export const podContainersAreKnown: Rule = endpoint => {
  // A serving runtime has containers of its own.
  if (endpoint.spec.pod === undefined || endpoint.serving !== undefined) return []
  const known = namesOf(endpoint)
  return (['containers', 'initContainers'] as const).flatMap(list =>
    entries(at(endpoint.spec.pod, list)).flatMap((container, index) => {
      const { name, image } = container
      const isOther = typeof name === 'string' && !known.includes(name) && image === undefined
      if (!isOther || '$patch' in container) return []
      return {
        code: 'missing-field' as const,
        path: `spec.pod.${list}.${index}.name`,
        message: `spec.pod.${list}[${index}] has no image, and the pods have no other container named "${name}"`,
        remedy: suggestion(name, known, 'Containers there'),
      }
    }),
  )
}

/** `server` is the model server under whatever name. */
function namesOf({ spec }: Endpoint): string[] {
  const { containerName = 'server', sidecars = [], initContainers = [] } = spec
  const others = [...sidecars, ...initContainers].map(({ name }) => name)
  const fetching = spec.model?.fetch === undefined ? [] : ['fetch-model']
  const served = spec.runtime === 'kserve' ? [SERVING_CONTAINER] : []
  return [...new Set(['server', containerName, ...served, ...others, ...fetching])]
}
