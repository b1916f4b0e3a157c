import { at, entries, text, type JsonMap } from '../../object/index.ts'
import { isFetcher } from '../storage/fetcher.ts'

export interface OtherContainers {
  initContainers: JsonMap[] | undefined
  sidecars: JsonMap[] | undefined
}

interface Beside {
  pod: unknown
  /** Name of the model server's container. */
  server: unknown
  /** Init containers that slipway makes itself are said by other fields. */
  isOurs: boolean
}

/** Containers before and beside the model server, as in the pod; one without an image has no form. */
export function otherContainersOf({ pod, server, isOurs }: Beside): OtherContainers {
  const before = entries(at(pod, 'initContainers')).filter(
    container => !(isOurs && isFetcher(container)),
  )
  const beside = entries(at(pod, 'containers')).filter(({ name }) => name !== server)
  return { initContainers: listed(before), sidecars: listed(beside) }
}

/** Undefined where there is none. */
function listed(containers: readonly JsonMap[]): JsonMap[] | undefined {
  const known = containers.filter(({ name, image }) => text(name) !== undefined && text(image))
  return known.length === 0 ? undefined : known
}
