import type { ServingRuntime } from './runtime.ts'
import { serverTypeOf } from './server-type.ts'

const GPU_BUILDS = new Set(['tensorflow-serving', 'torchserve', 'huggingfaceserver'])

/** The build of an image that KServe takes with GPUs or without, for some servers; a digest stays (KServe's UpdateImageTag). */
export function accelerated(image: string, runtime: ServingRuntime, gpus: number): string {
  const tag = /:[\w.-]*$/.exec(image)?.[0]
  const server = serverTypeOf(runtime)
  if (tag === undefined || server === undefined || image.includes('@sha256:')) return image
  if (gpus > 0) return GPU_BUILDS.has(server) && !image.endsWith('-gpu') ? `${image}-gpu` : image
  const repository = image.slice(0, -tag.length)
  return server === 'vllmserver' && !repository.endsWith('-cpu') ? `${repository}-cpu${tag}` : image
}
