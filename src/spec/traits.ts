import { takesGpus } from '../kinds/index.ts'
import type { Endpoint } from './set.ts'

/** Whether each pod takes GPUs of its own: by number, or by what `pod` asks for or claims. */
export function asksGpus({ resources, pod }: Endpoint['spec']): boolean {
  return resources.gpus > 0 || takesGpus(pod)
}

/** Whether Knative makes its pods. */
export function isServerless({ spec }: Pick<Endpoint, 'spec'>): boolean {
  return spec.runtime === 'kserve' && spec.kserve.deploymentMode === 'serverless'
}
