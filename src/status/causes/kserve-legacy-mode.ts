import { isKserve, KSERVE, modeName } from '../../kinds/index.ts'
import type { InferenceService } from '../shapes.ts'
import { formatRef, refOf } from '../../object/index.ts'
import type { Cause } from './cause.ts'

const MODE = KSERVE.deploymentMode
const [BEFORE, TODAY] = [modeName('standard', false), modeName('standard', true)]

/**
 * KServe 0.16 takes `RawDeployment` at creation, calls it `Standard` in the status, and from then on refuses every
 * update, its own removal of the finalizer included.
 */
export const kserveLegacyMode: Cause = ({ object }) => {
  const asked = object.metadata.annotations?.[MODE]
  const inForce = (object as InferenceService).status?.deploymentMode
  if (!isKserve(object) || asked !== BEFORE || inForce !== TODAY) return undefined
  const { name, namespace = 'default' } = object.metadata
  return {
    cause: 'kserve-legacy-mode',
    summary: `${formatRef(refOf(object))} has the annotation ${MODE}: ${BEFORE}, with which KServe 0.16 refuses every later update and hangs its deletion`,
    evidence: [`annotation ${MODE}: ${asked}`, `status.deploymentMode: ${inForce}`],
    remedy: `kubectl -n ${namespace} annotate --overwrite inferenceservice ${name} ${MODE}=${TODAY}`,
    outlook: 'hopeless',
  }
}
