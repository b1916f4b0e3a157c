import { isKserve } from '../../kinds/index.ts'
import { conditionsOf } from '../conditions.ts'
import { formatRef, refOf } from '../../object/index.ts'
import { waitedSeconds, type Cause } from './cause.ts'

/** The controller's first act is the finalizer, within a second. */
const PATIENCE_SECONDS = 15
const KSERVE_FINALIZER = 'inferenceservice.finalizers'

/** Nobody looks at the InferenceService: no finalizer, no status, long after it was written. */
export const kserveController: Cause = inquiry => {
  const { object } = inquiry
  const { finalizers = [], creationTimestamp } = object.metadata
  if (!isKserve(object)) return undefined
  const isTouched = finalizers.includes(KSERVE_FINALIZER) || conditionsOf(object).length > 0
  const waited = waitedSeconds(creationTimestamp, inquiry)
  if (isTouched || waited < PATIENCE_SECONDS) return undefined
  return {
    cause: 'kserve-controller',
    summary: `the KServe controller has not looked at ${formatRef(refOf(object))}`,
    evidence: ['no finalizer of the KServe controller and no status'],
    remedy:
      'check that it runs (kubectl -n kserve get deployment kserve-controller-manager), and what it says of this object: ' +
      'kubectl -n kserve logs deployment/kserve-controller-manager --all-containers --since 10m',
  }
}
