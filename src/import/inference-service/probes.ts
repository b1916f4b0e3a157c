import { at, number } from '../../object/index.ts'
import type { JsonMap } from '../../object/index.ts'
import { BUILT_IN } from '../../spec/index.ts'
import { saidStart, saidWay, sharedWay, wayOf } from '../pod-parts/way.ts'
import type { Way } from '../pod-parts/way.ts'
import { given, seconds, some } from '../read.ts'

/** The probes that an InferenceService has, with what is said of each: nothing is filled in. `main` is spec.port. */
export function probesOf(container: unknown, main: number): JsonMap | undefined {
  const [ready, live, startup] = PROBES.map(kind => at(container, kind))
  const [readyWay, liveWay, startWay] = [ready, live, startup].map(probe => wayOf(probe, main))
  const shared = sharedWay([readyWay, liveWay, startWay], BUILT_IN.probes.path)
  const start = startWay && saidStart(startWay, { shared, ready: readyWay, main })
  return some({
    ...shared,
    path: shared['path'] === BUILT_IN.probes.path ? undefined : shared['path'],
    readiness: said(ready, readyWay && saidWay(readyWay, shared)),
    liveness: said(live, liveWay && saidWay(liveWay, shared)),
    startup: said(startup, start),
  })
}

const PROBES = ['readinessProbe', 'livenessProbe', 'startupProbe']

function said(probe: unknown, way: Way | undefined): JsonMap | undefined {
  return way === undefined ? undefined : { ...way, ...settingsOf(probe) }
}

function settingsOf(probe: unknown): JsonMap {
  const [initialDelay, period, timeout] = [
    'initialDelaySeconds',
    'periodSeconds',
    'timeoutSeconds',
  ].map(field => number(at(probe, field)))
  return given({
    initialDelay: initialDelay === undefined ? undefined : seconds(initialDelay),
    period: positive(period),
    timeout: positive(timeout),
    failures: number(at(probe, 'failureThreshold')),
    successes: number(at(probe, 'successThreshold')),
  })
}

/** As KServe stores what nobody said. */
function positive(value: number | undefined): string | undefined {
  return value === undefined || value === 0 ? undefined : seconds(value)
}
