import type { SpecLayer } from './schema/endpoint.ts'

/** The lowest layer of settings: what holds when nobody says anything (docs/spec.md lists it). */
export const BUILT_IN = {
  runtime: 'deployment',
  serves: 'predict',
  imagePullPolicy: 'IfNotPresent',
  port: 8000,
  replicas: 1,
  resources: { gpus: 0, gpuResource: 'nvidia.com/gpu' },
  loadTime: 600,
  probes: {
    path: '/health',
    readiness: { initialDelay: 30, period: 10, timeout: 5, failures: 3 },
    liveness: { initialDelay: 60, period: 20, timeout: 5, failures: 3 },
  },
  shutdown: { gracePeriod: 30, preStop: { sleep: 10 } },
  rollout: { spareGpu: true },
  service: { port: 80 },
  podSecurity: 'restricted',
  kserve: { deploymentMode: 'raw' },
} satisfies SpecLayer

/** The lowest layer of an endpoint with a model format: port and probes are its serving runtime's, or those of KServe. */
export const BUILT_IN_WITH_FORMAT = { ...BUILT_IN, port: 8080, probes: {} } satisfies SpecLayer

/** The same where slipway's defaults are switched off (`kserve.defaults: false`): what is not there is off. */
const OFF = {
  port: 8080,
  probes: { readiness: false, liveness: false, startup: false },
  shutdown: { gracePeriod: 30, preStop: false },
  podSecurity: false,
  sharedMemory: false,
} satisfies SpecLayer

export const BUILT_IN_WITHOUT_DEFAULTS = { ...BUILT_IN, ...OFF } satisfies SpecLayer

export const BUILT_IN_WITH_FORMAT_WITHOUT_DEFAULTS = {
  ...BUILT_IN_WITHOUT_DEFAULTS,
  probes: { startup: false },
} satisfies SpecLayer

/** Built-in defaults of serving targets; spec.servingTargets of a project is stronger. */
export const SERVING_TARGETS: Record<string, SpecLayer> = {
  generation: { shutdown: { gracePeriod: 120, preStop: { sleep: 15 } } },
}
