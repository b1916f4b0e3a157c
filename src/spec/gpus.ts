import { takesGpus } from '../kinds/index.ts'
import type { Endpoint } from './set.ts'

/** Whether each pod takes GPUs of its own: by number, or by what `pod` asks for or claims. */
export function asksGpus({ resources, pod }: Endpoint['spec']): boolean {
  return resources.gpus > 0 || takesGpus(pod)
}
