import type { k8s } from 'cdk8s-plus-28'
import { BUILT_IN } from '../src/spec/index.ts'
import type { Endpoint } from '../src/spec/index.ts'
import type { Plain } from './plain.ts'

export type Probe = Plain<k8s.Probe>

/** Of the startup probe, where the spec does not say otherwise. */
const STARTUP = { periodSeconds: 10, timeoutSeconds: 5 }

interface ProbeSettings {
  path?: string | undefined
  initialDelay?: number | undefined
  period?: number | undefined
  timeout?: number | undefined
  failures?: number | undefined
}

/** All three probes ask the one port, by number (K1, K2). */
export function probesOf({ spec }: Endpoint) {
  const { path = BUILT_IN.probes.path, readiness, liveness } = spec.probes
  const probe = (settings: ProbeSettings | false | undefined) =>
    settings === false || settings === undefined
      ? undefined
      : httpProbe(settings.path ?? path, spec.port, settings)
  return {
    startupProbe: startupProbe(spec),
    readinessProbe: probe(readiness),
    livenessProbe: probe(liveness),
  }
}

/** Holds the other two off while the model loads: as many failures as fit into loadTime. */
function startupProbe(spec: Endpoint['spec']): Probe | undefined {
  const settings = spec.probes.startup
  if (settings === false || (settings === undefined && spec.loadTime === 0)) return undefined
  const { initialDelay, period = STARTUP.periodSeconds, timeout, failures } = settings ?? {}
  const fitting = Math.ceil((spec.loadTime - (initialDelay ?? 0)) / period)
  const path = settings?.path ?? spec.probes.path ?? BUILT_IN.probes.path
  return httpProbe(path, spec.port, {
    initialDelay,
    period,
    timeout: timeout ?? STARTUP.timeoutSeconds,
    failures: failures ?? Math.max(1, fitting),
  })
}

function httpProbe(path: string, port: number, settings: ProbeSettings): Probe {
  return {
    httpGet: { path, port },
    // The API server keeps no zero.
    initialDelaySeconds: settings.initialDelay === 0 ? undefined : settings.initialDelay,
    periodSeconds: settings.period,
    timeoutSeconds: settings.timeout,
    failureThreshold: settings.failures,
  }
}

/** Seconds that a container may take to start before it is killed (startup probe), or said to take. */
export function startupSeconds(endpoint: Endpoint): number {
  const probe = startupProbe(endpoint.spec)
  if (probe === undefined) return endpoint.spec.loadTime
  const { initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 } = probe
  return initialDelaySeconds + periodSeconds * failureThreshold
}
