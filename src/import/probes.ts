import { at, number, text } from '../object/index.ts'
import type { JsonMap } from '../object/index.ts'
import { BUILT_IN } from '../spec/index.ts'
import { seconds, some } from './read.ts'

/** As Kubernetes fills them in. */
const USUAL = { initialDelay: 0, period: 10, timeout: 1, failures: 3 }
type Settings = typeof USUAL

export interface Health {
  probes: JsonMap | undefined
  loadTime: string | undefined
}

/** `deadline`: progressDeadlineSeconds less what else it covers, where there is one. */
export function healthOf(container: unknown, deadline: number | undefined): Health {
  const [ready, live, startup] = ['readinessProbe', 'livenessProbe', 'startupProbe'].map(kind =>
    at(container, kind),
  )
  const paths = [ready, live, startup].map(probe => text(at(probe, 'httpGet', 'path')))
  const path = paths.find(found => found !== undefined) ?? BUILT_IN.probes.path
  const started = startOf(startup, path, patienceOf(live, deadline))
  const probes = some({
    path: path === BUILT_IN.probes.path ? undefined : path,
    readiness: probeOf(ready, path, BUILT_IN.probes.readiness),
    liveness: probeOf(live, path, BUILT_IN.probes.liveness),
    startup: started.startup,
  })
  const isUsual = started.loadTime === BUILT_IN.loadTime
  return { probes, loadTime: isUsual ? undefined : seconds(started.loadTime) }
}

/** Without a startup probe, nothing holds the liveness probe off. */
function patienceOf(live: unknown, deadline: number | undefined): number | undefined {
  if (live === undefined) return deadline
  const { initialDelay, period, failures } = settingsOf(live)
  return Math.min(deadline ?? Infinity, initialDelay + period * failures)
}

function probeOf(probe: unknown, path: string, usual: Settings): JsonMap | false | undefined {
  // Other kinds of probes are for patches.
  if (at(probe, 'httpGet') === undefined) return false
  const settings = settingsOf(probe)
  const own = text(at(probe, 'httpGet', 'path'))
  return some({
    path: own === path ? undefined : own,
    ...changed(settings, usual),
  })
}

function settingsOf(probe: unknown): Settings {
  return {
    initialDelay: number(at(probe, 'initialDelaySeconds')) ?? USUAL.initialDelay,
    period: number(at(probe, 'periodSeconds')) ?? USUAL.period,
    timeout: number(at(probe, 'timeoutSeconds')) ?? USUAL.timeout,
    failures: number(at(probe, 'failureThreshold')) ?? USUAL.failures,
  }
}

function changed(settings: Settings, usual: Settings): JsonMap {
  const { initialDelay, period, timeout, failures } = settings
  return {
    initialDelay: initialDelay === usual.initialDelay ? undefined : seconds(initialDelay),
    period: period === usual.period ? undefined : seconds(period),
    timeout: timeout === usual.timeout ? undefined : seconds(timeout),
    failures: failures === usual.failures ? undefined : failures,
  }
}

/** The startup probe follows from loadTime, where it is one that slipway would make. */
function startOf(probe: unknown, path: string, deadline: number | undefined) {
  if (probe === undefined) {
    const loadTime = Math.max(0, deadline ?? BUILT_IN.loadTime)
    return { loadTime, startup: loadTime === 0 ? undefined : (false as const) }
  }
  const settings = settingsOf(probe)
  const { initialDelay, period, timeout, failures } = settings
  const loadTime = initialDelay + period * failures
  if (at(probe, 'httpGet') === undefined) return { loadTime, startup: false as const }
  const own = text(at(probe, 'httpGet', 'path'))
  const startup = some({
    path: own === path ? undefined : own,
    initialDelay: initialDelay === 0 ? undefined : seconds(initialDelay),
    period: period === 10 ? undefined : seconds(period),
    timeout: timeout === 5 ? undefined : seconds(timeout),
  })
  return { loadTime, startup }
}
