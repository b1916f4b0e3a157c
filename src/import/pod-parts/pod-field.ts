import { at, entries, isMap, type JsonMap, type KubeObject } from '../../object/index.ts'
import { comparable } from '../comparable.ts'
import { mergeFor } from '../merge.ts'

interface Saying {
  /** The Deployment as the fields have it. */
  rendered: KubeObject
  /** What it is to become, as `comparable` gives it. */
  wanted: JsonMap
  /** Name of the model server's container. */
  server: string
}

/** As the field calls the model server, whatever its container's name (charts/pod-parts/pass-through.ts). */
const SERVER = 'server'

/** `spec.pod`: what leads to the pod that is wanted. Undefined where there is nothing, or another container has the server's name there. */
export function podFieldOf({ rendered, wanted, server }: Saying): JsonMap | undefined {
  const [before, after] = [comparable(rendered), wanted].map(object =>
    at(object, 'spec', 'template', 'spec'),
  )
  if (!isMap(before) || !isMap(after)) return undefined
  const isAmbiguous = server !== SERVER && [before, after].some(hasOther)
  const merge = isAmbiguous ? undefined : mergeFor(before, after)
  if (merge === undefined || merge['containers'] === undefined) return merge
  const containers = entries(merge['containers']).map(container =>
    container['name'] === server ? { ...container, name: SERVER } : container,
  )
  return { ...merge, containers }
}

function hasOther(pod: unknown): boolean {
  return entries(at(pod, 'containers')).some(({ name }) => name === SERVER)
}
