import { at, number, type JsonMap } from '../../object/index.ts'
import type { Endpoint } from '../../spec/index.ts'
import { nameOfContainer } from './ports.ts'
import { nameOf, type Rule } from './rule.ts'

/** What a server needs at least, between the end of preStop (SIGTERM) and SIGKILL. */
const MARGIN_SECONDS = 5

/** A pod has time left for shutting down when its preStop hook is over (T1). */
export const gracePeriod: Rule = {
  id: 'grace-period',
  find: view =>
    view.pods.flatMap(({ workload, endpoint, spec, containers }) => {
      const grace = number(at(spec, 'terminationGracePeriodSeconds')) ?? 30
      return containers.flatMap(container => {
        const hook = preStopSeconds(container, endpoint)
        if (grace >= hook + (hook === 0 ? 0 : MARGIN_SECONDS)) return []
        return {
          rendering: workload,
          field: 'spec.shutdown.gracePeriod',
          message: `${nameOf(workload)} has a grace period of ${grace} s, and the preStop hook of container ${nameOfContainer(container)} takes ${hook} s of it`,
          cause: 'The server would be killed (exit code 137) before it has finished its requests.',
          remedy: `Set spec.shutdown.gracePeriod to at least ${hook + MARGIN_SECONDS}s.`,
        }
      })
    }),
}

function preStopSeconds(container: JsonMap, endpoint: Endpoint): number {
  const hook = at(container, 'lifecycle', 'preStop')
  const { preStop } = endpoint.spec.shutdown
  const said = preStop !== false && 'exec' in preStop ? (preStop.time ?? 0) : 0
  return number(at(hook, 'sleep', 'seconds')) ?? (at(hook, 'exec') === undefined ? 0 : said)
}
