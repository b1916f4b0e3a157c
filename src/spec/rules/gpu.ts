import { contradiction, type Rule } from './rule.ts'

/** R12: GPU memory chooses among nodes with GPUs, so without a GPU it says nothing. */
export const gpuMemoryNeedsGpus: Rule = endpoint => {
  const { gpus, gpuMemory } = endpoint.spec.resources
  if (gpuMemory === undefined || gpus > 0) return []
  return contradiction(
    'spec.resources.gpuMemory',
    `spec.resources.gpuMemory is ${gpuMemory}, but the endpoint asks for no GPU`,
    'Set spec.resources.gpus, or leave gpuMemory out.',
  )
}
