import { containersIn, isWorkload } from '../../kinds/index.ts'
import { at, entries, equalValues, text, type KubeObject } from '../../object/index.ts'
import type { Action } from '../action.ts'
import type { PlannedEndpoint } from '../plan.ts'

export interface RenamesInput {
  actions: readonly Action[]
  /** Live objects by UID. */
  live: ReadonlyMap<string | undefined, KubeObject>
  endpoints: readonly PlannedEndpoint[]
}

/**
 * An endpoint that goes while the same server comes, or is not ready yet, under another name is renamed: the old one stays
 * until the new one serves. Marks the prunes of the old one with their successor, unless its GPUs are needed first or the
 * match is not clear.
 */
export function markRenames({ actions, live, endpoints }: RenamesInput): void {
  const coming = endpoints.filter(endpoint => !endpoint.settled && endpoint.objects.length > 0)
  const staying = new Set(endpoints.filter(isRendered).map(endpoint => endpoint.name))
  for (const old of actions) {
    if (old.type !== 'prune' || !isWorkload(old.ref)) continue
    if (old.first === true || staying.has(old.endpoint)) continue
    const server = serverOf(live.get(old.uid))
    const alike = coming.filter(({ objects }) => objects.some(object => isSame(object, server)))
    const [successor] = alike
    if (successor === undefined || alike.length > 1) continue
    for (const action of actions) mark(action, old.endpoint, successor.name)
  }
}

const isRendered = ({ objects }: PlannedEndpoint) => objects.length > 0

function isSame(object: KubeObject, server: unknown): boolean {
  return server !== undefined && isWorkload(object) && equalValues(serverOf(object), server)
}

function mark(action: Action, from: string, to: string): void {
  if (action.type !== 'prune' || action.endpoint !== from) return
  action.successor = to
  action.reason = `renamed to ${to}`
}

/** What tells one server from another: its image, how it is started, and the model it is given. */
function serverOf(object: KubeObject | undefined): unknown {
  const [container] = object === undefined ? [] : containersIn(object)
  if (container === undefined) return undefined
  const { image, command, args } = container
  const model = entries(at(container, 'env')).filter(variable =>
    text(at(variable, 'name'))?.startsWith('MODEL_'),
  )
  return { image, command, args, model }
}
