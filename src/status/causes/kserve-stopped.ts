import { asksToStop, isKserve, KSERVE } from '../../kinds/index.ts'
import { conditionOf } from '../conditions.ts'
import { formatRef, refOf } from '../../object/index.ts'
import type { Cause } from './cause.ts'

/** Somebody stopped the InferenceService by annotation: its Deployment, Service and HPA are gone. */
export const kserveStopped: Cause = ({ object }) => {
  if (!isKserve(object)) return undefined
  if (!asksToStop(object)) return undefined
  if (conditionOf(object, 'Stopped')?.status !== 'True') return undefined
  const { name, namespace = 'default' } = object.metadata
  return {
    cause: 'kserve-stopped',
    summary: `${formatRef(refOf(object))} is stopped by the annotation ${KSERVE.stop}`,
    evidence: ['condition Stopped is True'],
    remedy: `kubectl -n ${namespace} annotate inferenceservice ${name} ${KSERVE.stop}-`,
    outlook: 'unlikely',
  }
}
