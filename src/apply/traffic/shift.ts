import { isRuntime } from '../../kinds/index.ts'
import { keyOf, refOf } from '../../object/index.ts'
import type { Action, PlannedEndpoint } from '../../plan/index.ts'
import type { EventBody, Run } from '../run.ts'
import { smokeNewPods } from '../smoke/smoke.ts'
import { waitReady } from '../watch/wait-ready.ts'
import { inWaves } from '../write/waves.ts'
import { write } from '../write/write.ts'
import { awaitEndpoints } from './endpoints.ts'

/** Requests are led to pods that are ready, also where nobody else waits. */
export function waitingWhereHeld(run: Run, { actions }: PlannedEndpoint): Run {
  if (!actions.some(({ held }) => held)) return run
  return { ...run, options: { ...run.options, wait: true } }
}

/** Writes what leads requests to pods, once all of the endpoint's pods are ready, and the new ones have answered by name and are found. */
export async function shiftTraffic(
  run: Run,
  endpoint: PlannedEndpoint,
  held: readonly Action[],
): Promise<void> {
  await waitReady({ ...run, emit: withoutReady(run) }, withoutHeld(endpoint, held))
  await smokeNewPods(run, endpoint.name)
  await awaitEndpoints(run, endpoint)
  await inWaves(run, held, write)
}

function withoutHeld(endpoint: PlannedEndpoint, held: readonly Action[]): PlannedEndpoint {
  const keys = new Set(held.map(({ ref }) => keyOf(ref)))
  return {
    ...endpoint,
    actions: endpoint.actions.filter(
      action => !held.includes(action) || action.interim !== undefined,
    ),
    // What makes pods itself is what is waited for.
    objects: endpoint.objects.filter(
      object => isRuntime(object) || !keys.has(keyOf(refOf(object))),
    ),
  }
}

/** The endpoint is ready when its requests are led as they should be. */
function withoutReady({ emit }: Run): Run['emit'] {
  return (event: EventBody) => {
    if (event.type !== 'ready') emit(event)
  }
}
