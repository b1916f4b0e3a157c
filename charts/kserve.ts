import { modeName } from '../src/kinds/index.ts'
import { isServerless, type Endpoint } from '../src/spec/index.ts'

/**
 * The spelling that the environment's KServe wants (K9): 0.16 renamed both modes, and there the old
 * names are accepted on create and then block every later update and delete (kserve/kserve#4798).
 */
export function deploymentModeValue(endpoint: Endpoint): string {
  const isRenamed = isAtLeast(endpoint.kserveVersion, [0, 16, 0])
  return modeName(isServerless(endpoint) ? 'knative' : 'standard', isRenamed)
}

/** Since 0.17 KServe's webhook notes the format of a model here. */
export function formatAnnotationOf({ spec, kserveVersion }: Endpoint): Record<string, string> {
  const format = spec.model?.format?.name
  const isNoted = format !== undefined && isAtLeast(kserveVersion, [0, 17, 0])
  return isNoted ? { modelFormat: format } : {}
}

/** Autoscaler class `none` exists since 0.15.1; before, an HPA with min = max holds the number. */
export function knowsNoAutoscaler({ kserveVersion }: Endpoint): boolean {
  return isAtLeast(kserveVersion, [0, 15, 1])
}

export function isAtLeast(version: string, minimum: readonly [number, number, number]): boolean {
  const parts = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version)?.slice(1) ?? []
  for (const [index, wanted] of minimum.entries()) {
    const got = Number(parts[index] ?? 0)
    if (got !== wanted) return got > wanted
  }
  return true
}
