import { isMap, keyOf, refOf, type KubeObject } from '../object/index.ts'
import type { RenderedObject } from '../render/index.ts'
import { assess, viewOf, type View } from '../status/index.ts'
import type { Observed } from './observe/observe.ts'
import type { Action } from './action.ts'
import type { PlannedEndpoint } from './plan.ts'
import type { Scope } from './scope.ts'

interface EndpointsInput {
  scope: Scope
  observed: Observed
  actions: readonly Action[]
}

/** The endpoints that a plan is about, with what is needed to wait for them. Children that carry the set's label come with its LISTs. */
export function plannedEndpoints({ scope, observed, actions }: EndpointsInput): PlannedEndpoint[] {
  const view = viewOf(observed.live.objects)
  const desired = scope.desired.filter(({ endpoint }) => scope.covers(endpoint.name))
  const byEndpoint = Map.groupBy(desired, ({ endpoint }) => endpoint.name)
  const actionsBy = Map.groupBy(actions, ({ endpoint }) => endpoint)
  const names = new Set([...byEndpoint.keys(), ...actionsBy.keys()])
  return [...names].toSorted().map(name => {
    const rendered = byEndpoint.get(name) ?? []
    return {
      name,
      actions: actionsBy.get(name) ?? [],
      objects: rendered.map(({ object }) => object),
      settled:
        !actionsBy.has(name) && rendered.every(({ object }) => isReady(object, observed, view)),
      readySeconds: readySeconds(rendered),
      ...budgetOf(rendered),
    }
  })
}

function isReady(desired: KubeObject, { live }: Observed, view: View): boolean {
  const object = live.byKey.get(keyOf(refOf(desired)))
  return object !== undefined && assess({ object, desired, related: view }).state === 'ready'
}

/** Scheduling and image pull come before the model loads, and old pods end their work after it. */
const AROUND_LOADING_SECONDS = 330

/** After the controllers' own verdict, so that theirs is heard: it says more than ours. */
const AFTER_DEADLINE_SECONDS = 30

/** One budget: the startup window is within the progress deadline, and that is within the time that we wait. */
export function readySeconds(rendered: readonly RenderedObject[]): number {
  return Math.max(
    AROUND_LOADING_SECONDS,
    ...rendered.flatMap(({ object, endpoint }) => {
      const { loadTime, shutdown } = endpoint.spec
      return [
        loadTime + shutdown.gracePeriod + AROUND_LOADING_SECONDS,
        deadlineOf(object) + AFTER_DEADLINE_SECONDS,
      ]
    }),
  )
}

/** A progress deadline that is longer decides alone. */
function budgetOf(rendered: readonly RenderedObject[]): Pick<PlannedEndpoint, 'budget'> {
  const [first] = rendered
  if (first === undefined) return {}
  const { loadTime: loadSeconds, shutdown } = first.endpoint.spec
  const budget = {
    aroundSeconds: AROUND_LOADING_SECONDS,
    loadSeconds,
    graceSeconds: shutdown.gracePeriod,
  }
  const sum = AROUND_LOADING_SECONDS + loadSeconds + shutdown.gracePeriod
  return sum === readySeconds(rendered) ? { budget } : {}
}

function deadlineOf({ spec }: KubeObject): number {
  const deadline = isMap(spec) ? spec['progressDeadlineSeconds'] : undefined
  return typeof deadline === 'number' ? deadline : 0
}
