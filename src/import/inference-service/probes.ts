import { at, defined, number, type JsonMap } from '../../object/index.ts'
import { waysOf, type Way } from '../pod-parts/way.ts'
import { seconds, some } from '../read.ts'

/** The probes that an InferenceService has, with what is said of each: nothing is filled in. `main` is spec.port. */
export function probesOf(container: unknown, main: number): JsonMap | undefined {
  const { shared, readiness, liveness, startup } = waysOf(container, main)
  return some({
    ...shared,
    readiness: said(readiness),
    liveness: said(liveness),
    startup: said(startup),
  })
}

function said({ probe, way }: { probe: unknown; way: Way | undefined }): JsonMap | undefined {
  return way === undefined ? undefined : { ...way, ...settingsOf(probe) }
}

function settingsOf(probe: unknown): JsonMap {
  const [initialDelay, period, timeout] = [
    'initialDelaySeconds',
    'periodSeconds',
    'timeoutSeconds',
  ].map(field => number(at(probe, field)))
  return defined({
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
