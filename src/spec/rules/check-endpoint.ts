import type { Problem } from '../../problem/index.ts'
import type { Endpoint } from '../set.ts'
import { budgetAllowsEviction } from './budget.ts'
import { externalHasHost, externalHasNoWorkload } from './external.ts'
import { modelCanBeFetched } from './fetch.ts'
import { gpuMemoryNeedsGpus } from './gpu.ts'
import { hasImage, imageIsPinned, reportsFallback } from './image.ts'
import { limitsReachImage } from './limits.ts'
import { adaptersReachImage } from './model/adapters.ts'
import { weightsCanBeMounted } from './model/weights.ts'
import { modelIsApproved, modelIsKnown } from './model.ts'
import { nameFitsKserve, nameFitsObjects } from './names.ts'
import { monitorFields, notWithKnative } from './observed.ts'
import { ingressHasHost, routeIsComplete, routeLeadsToPods, serviceIsNeeded } from './outside.ts'
import { gpusArePlaced, graceSuitsTarget, keepsProbes } from './policies.ts'
import { secretsAreReferences } from './plain-secrets.ts'
import { reservedAnnotations, reservedLabels } from './reserved.ts'
import { namesRequests, plausibleMemory, requestWithinLimit } from './resources.ts'
import { rolloutPossible } from './rollout.ts'
import type { Rule, RuleContext } from './rule.ts'
import {
  scalingBounds,
  scalingByKserve,
  scalingNeedsRequests,
  scalingTarget,
  scalingToZero,
} from './scaling.ts'
import {
  componentsNeedKserve,
  formatFieldsNeedFormat,
  formatSuitsRuntime,
  runtimeIsChosen,
} from './serving-runtime.ts'
import { queueCanBeAsked } from './scaling/queue.ts'
import { graceOutlastsPreStop } from './shutdown.ts'
import { loadTimeUnderKserve, startupWithinLoadTime } from './startup.ts'
import { mountPathsDiffer } from './volumes.ts'

const RULES: readonly Rule[] = [
  nameFitsObjects,
  nameFitsKserve,
  reservedLabels,
  reservedAnnotations,
  externalHasHost,
  externalHasNoWorkload,
  modelIsKnown,
  modelIsApproved,
  modelCanBeFetched,
  weightsCanBeMounted,
  formatFieldsNeedFormat,
  runtimeIsChosen,
  formatSuitsRuntime,
  componentsNeedKserve,
  hasImage,
  reportsFallback,
  imageIsPinned,
  limitsReachImage,
  adaptersReachImage,
  gpuMemoryNeedsGpus,
  requestWithinLimit,
  plausibleMemory,
  namesRequests,
  scalingBounds,
  scalingTarget,
  scalingToZero,
  scalingNeedsRequests,
  scalingByKserve,
  queueCanBeAsked,
  graceOutlastsPreStop,
  startupWithinLoadTime,
  loadTimeUnderKserve,
  rolloutPossible,
  ingressHasHost,
  serviceIsNeeded,
  routeIsComplete,
  routeLeadsToPods,
  budgetAllowsEviction,
  mountPathsDiffer,
  notWithKnative,
  monitorFields,
  keepsProbes,
  graceSuitsTarget,
  gpusArePlaced,
  secretsAreReferences,
]

/** All rules about one endpoint. */
export function checkEndpoint(endpoint: Endpoint, context: RuleContext): Problem[] {
  return RULES.flatMap(rule => rule(endpoint, context))
}
