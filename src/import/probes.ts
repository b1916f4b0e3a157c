import { at, number, type JsonMap } from '../object/index.ts'
import { BUILT_IN } from '../spec/index.ts'
import { waysOf, type Way } from './pod-parts/way.ts'
import { seconds, some } from './read.ts'

/** As Kubernetes fills them in. */
const USUAL = { initialDelay: 0, period: 10, timeout: 1, failures: 3, successes: 1 }
type Settings = typeof USUAL

/** As slipway fills them in. */
type Defaults = Omit<Settings, 'successes'>

export interface Health {
  probes: JsonMap | undefined
  loadTime: string | undefined
}

export interface Probing {
  /** spec.port */
  port: number
  /** progressDeadlineSeconds less what else it covers, where there is one. */
  deadline: number | undefined
}

/** The probes of the model server, whichever way they ask. */
export function healthOf(container: unknown, { port, deadline }: Probing): Health {
  const { shared, readiness, liveness, startup } = waysOf(container, port)
  const usual = BUILT_IN.probes
  const started = startOf(startup, patienceOf(liveness.probe, deadline))
  const probes = some({
    ...shared,
    readiness: probeOf(readiness, usual.readiness),
    liveness: probeOf(liveness, usual.liveness),
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

interface Asked {
  probe: unknown
  way: Way | undefined
}

function probeOf({ probe, way }: Asked, usual: Defaults): JsonMap | false | undefined {
  if (way === undefined) return false
  return some({ ...way, ...changed(settingsOf(probe), usual) })
}

function settingsOf(probe: unknown): Settings {
  return {
    initialDelay: number(at(probe, 'initialDelaySeconds')) ?? USUAL.initialDelay,
    period: number(at(probe, 'periodSeconds')) ?? USUAL.period,
    timeout: number(at(probe, 'timeoutSeconds')) ?? USUAL.timeout,
    failures: number(at(probe, 'failureThreshold')) ?? USUAL.failures,
    successes: number(at(probe, 'successThreshold')) ?? USUAL.successes,
  }
}

function changed(settings: Settings, usual: Defaults): JsonMap {
  const { initialDelay, period, timeout, failures, successes } = settings
  return {
    initialDelay: initialDelay === usual.initialDelay ? undefined : seconds(initialDelay),
    period: period === usual.period ? undefined : seconds(period),
    timeout: timeout === usual.timeout ? undefined : seconds(timeout),
    failures: failures === usual.failures ? undefined : failures,
    successes: successes === USUAL.successes ? undefined : successes,
  }
}

/** The startup probe follows from loadTime, where it is one that slipway would make. */
function startOf({ probe, way }: Asked, deadline: number | undefined) {
  if (way === undefined) {
    const loadTime = Math.max(0, deadline ?? BUILT_IN.loadTime)
    return { loadTime, startup: loadTime === 0 ? undefined : (false as const) }
  }
  const { initialDelay, period, timeout, failures } = settingsOf(probe)
  const loadTime = initialDelay + period * failures
  const startup = some({
    ...way,
    initialDelay: initialDelay === 0 ? undefined : seconds(initialDelay),
    period: period === 10 ? undefined : seconds(period),
    timeout: timeout === 5 ? undefined : seconds(timeout),
  })
  return { loadTime, startup }
}
