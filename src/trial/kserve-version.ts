import { isKserve } from '../kinds/index.ts'
import type { RenderedObject } from '../render/index.ts'
import type { EndpointSet } from '../spec/index.ts'

export interface KserveQuestion {
  /** A project in the environments that are to be tried. */
  rendered: readonly { set: EndpointSet; objects: readonly RenderedObject[] }[]
  /** Versions that a sandbox can have. */
  known: readonly string[]
}

/**
 * Which KServe a sandbox needs to try what is rendered: the version that an environment declares, where there is one of it; true for
 * any. Starting it takes time, so without an InferenceService there is none.
 */
export function kserveFor({ rendered, known }: KserveQuestion): string | boolean {
  const users = rendered.filter(({ objects }) => objects.some(({ object }) => isKserve(object)))
  const declared = users.map(({ set }) => set.environment.kserve.version)
  return known.find(version => declared.includes(version)) ?? users.length > 0
}
