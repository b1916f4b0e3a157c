import type { ObjectRef } from '../../object/index.ts'
import type { FieldChange } from '../action.ts'

/** Whether the changes make the controller replace running pods. KServe copies an InferenceService's labels and annotations to its pods. */
export function restartsPods(ref: ObjectRef, changes: readonly FieldChange[]): boolean {
  if (ref.kind === 'InferenceService')
    return changes.some(({ path }) => restartsInferenceService(path))
  return WORKLOADS.has(ref.kind) && changes.some(({ path }) => path.startsWith('spec.template'))
}

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])

/** The kinds that bring pods. */
export function isWorkload(kind: string): boolean {
  return WORKLOADS.has(kind) || kind === 'InferenceService'
}

const SCALING =
  /^spec\.predictor\.(min|max)Replicas|^spec\.predictor\.scale|^spec\.predictor\.deploymentStrategy/

function restartsInferenceService(path: string): boolean {
  return /^(spec|metadata\.(labels|annotations))/.test(path) && !SCALING.test(path)
}
