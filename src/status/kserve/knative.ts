import { isKnative as isKnativeMode } from '../../kinds/index.ts'
import { conditionsOf, isCurrent } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Condition, InferenceService } from '../shapes.ts'

/** Conditions that KServe copies from Knative's Service, and has in no other mode. */
const KNATIVES = /^(Predictor|Transformer|Explainer)?(Routes?Ready|Configurations?Ready)$/

/** By the mode in force; an older KServe does not write it, and then by whose conditions it has. */
export function isKnative(service: InferenceService): boolean {
  const mode = service.status?.deploymentMode
  if (mode !== undefined) return isKnativeMode(mode)
  return conditionsOf(service).some(({ type }) => KNATIVES.test(type))
}

/** Knative gives a revision up by itself; the next one comes with another spec. */
export function failedRevision({ object, since }: Inquiry): Condition | undefined {
  if (!isKnative(object)) return undefined
  return conditionsOf(object).find(
    condition =>
      KNATIVES.test(condition.type) &&
      condition.status === 'False' &&
      condition.reason === 'RevisionFailed' &&
      isCurrent(condition, object, since),
  )
}
