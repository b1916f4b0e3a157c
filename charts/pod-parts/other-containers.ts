import type { Endpoint } from '../../src/spec/index.ts'
import type { Container } from '../plain.ts'
import { containerSecurityOf } from '../security.ts'

/** Containers beside the model server, as the spec has them. */
export interface OtherContainers {
  /** Before it, one after the other; native sidecars last, unless they stand among `initContainers`. */
  before: Container[]
  beside: Container[]
}

export function otherContainersOf(endpoint: Endpoint): OtherContainers {
  const { initContainers = [], sidecars = [] } = endpoint.spec
  const isNative = (container: object) => Reflect.get(container, 'restartPolicy') === 'Always'
  const all = (given: readonly Given[]) => given.map(container => secured(container, endpoint))
  return {
    before: all([...initContainers, ...sidecars.filter(isNative)]),
    beside: all(sidecars.filter(container => !isNative(container))),
  }
}

type Given = NonNullable<Endpoint['spec']['sidecars']>[number]

/** With podSecurity: restricted, one that says nothing is confined like the server. */
function secured(container: Given, endpoint: Endpoint): Container {
  const securityContext = container['securityContext'] ?? containerSecurityOf(endpoint)
  return { ...container, ...(securityContext === undefined ? {} : { securityContext }) }
}
