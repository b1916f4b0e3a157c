import type { Endpoint } from '../../src/spec/index.ts'

/**
 * Whether slipway writes what it adds everywhere: labels, bounds, probes, security contexts. An InferenceService that was there before keeps its
 * pods without (`kserve.defaults: false`), since KServe copies its labels and fields to them.
 */
export function writesDefaults({ spec }: Endpoint): boolean {
  return spec.runtime !== 'kserve' || spec.kserve.defaults !== false
}

/** Whether somebody said the field; a serving runtime says it for itself. */
export function isSaid(endpoint: Endpoint, path: string): boolean {
  const layer = endpoint.originOf(`spec.${path}`)?.layer
  if (layer === undefined || layer === 'built-in') return false
  return layer !== 'catalogue' || endpoint.serving === undefined
}

/** Whether the field is written: always, but for what nobody said where slipway's defaults are off. */
export function isWritten(endpoint: Endpoint, path: string): boolean {
  return writesDefaults(endpoint) || isSaid(endpoint, path)
}
