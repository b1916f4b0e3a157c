import type { Problem } from '../../problem/index.ts'
import type { Endpoint } from '../set.ts'
import { budgetAllowsEviction } from './budget.ts'
import { canaryCanServe } from './canary/can-serve.ts'
import { externalHasHost, externalHasNoWorkload } from './external.ts'
import { modelCanBeFetched } from './fetch.ts'
import { gpuMemoryNeedsGpus } from './gpu.ts'
import { hasImage, imageIsPinned, reportsFallback } from './image.ts'
import { limitsReachImage } from './limits.ts'
import { adaptersReachImage } from './model/adapters.ts'
import { modelUriIsKnown } from './model/uri.ts'
import { weightsCanBeMounted } from './model/weights.ts'
import { modelIsApproved, modelIsKnown } from './model.ts'
import { nameFitsKserve, nameFitsObjects } from './names.ts'
import { monitorFields, notWithKnative } from './observed.ts'
import { ingressHasHost, routeIsComplete, routeLeadsToPods, serviceIsNeeded } from './outside.ts'
import { gpusArePlaced, graceSuitsTarget, keepsProbes } from './policies.ts'
import { secretsAreReferences } from './plain-secrets.ts'
import { reservedAnnotations, reservedLabels } from './reserved.ts'
import { namesRequests, plausibleMemory, requestWithinLimit } from './resources.ts'
import { podContainersAreKnown } from './pod/containers.ts'
import { rolloutPossible } from './rollout.ts'
import { problemsAt, type Rule, type RuleContext } from './rule.ts'
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
import { mountPathsDiffer } from './pod/volumes.ts'

const RULES: readonly Rule[] = [
  nameFitsObjects,
  nameFitsKserve,
  reservedLabels,
  reservedAnnotations,
  externalHasHost,
  externalHasNoWorkload,
  modelIsKnown,
  modelIsApproved,
  modelUriIsKnown,
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
  podContainersAreKnown,
  notWithKnative,
  monitorFields,
  keepsProbes,
  graceSuitsTarget,
  gpusArePlaced,
  secretsAreReferences,
  canaryCanServe,
]

/** All rules about one endpoint, and about its candidate, of which only what is not true of both is told. */
export function checkEndpoint(endpoint: Endpoint, context: RuleContext): Problem[] {
  const problems = RULES.flatMap(rule => problemsAt(endpoint, rule(endpoint, context)))
  const { candidate } = endpoint
  if (candidate === undefined || candidate.places.length > 1) return problems
  const told = new Set(problems.map(textOf))
  const own = checkEndpoint(candidate.endpoint, context)
  return [...problems, ...own.filter(problem => !told.has(textOf(problem)))]
}

function textOf({ message, place }: Problem): string {
  return JSON.stringify([message, place])
}
