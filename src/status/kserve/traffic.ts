import { summed } from '../../object/index.ts'
import type { Inquiry } from '../inquiry.ts'
import { unbrought } from './admission.ts'
import { newestPredictor, revisionOf } from './revisions.ts'
import type { InferenceService } from '../shapes.ts'
import type { Diagnosis } from '../verdict.ts'

/** Which revisions of a predictor get requests: KServe's copy of what Knative's route says. */

export interface Candidate {
  revision: string
  /** Which got all requests until it came. */
  stable: string
  /** Of the requests, as the route shares them out now. */
  percent: number
}

/** The newest revision, while `canaryTrafficPercent` keeps the one before beside it. */
export function candidateOf(service: InferenceService): Candidate | undefined {
  const { latestCreatedRevision: revision, latestRolledoutRevision: stable } = predictor(service)
  const isShared = service.spec?.predictor?.canaryTrafficPercent !== undefined
  if (!isShared || revision === undefined || stable === undefined) return undefined
  const percent = sharesOf(service).get(revision) ?? 0
  return revision === stable ? undefined : { revision, stable, percent }
}

/**
 * Revisions before the newest that get requests, with their percentage. A new one has a Deployment before KServe names it; while none was made
 * of what was written, the newest is one of before, too.
 */
export function servingBefore(inquiry: Inquiry): [revision: string, percent: number][] {
  const { object, related } = inquiry
  const made = newestPredictor(object, related)
  const newest = (made && revisionOf(made)) ?? predictor(object).latestCreatedRevision
  if (newest === undefined) return []
  const isOfBefore = unbrought(inquiry) !== undefined
  return [...sharesOf(object)].filter(
    ([name, percent]) => percent > 0 && (isOfBefore || name !== newest),
  )
}

/** With which revisions before the newest still serve: while that is not ready nobody is without an answer. */
export function withServing(diagnosis: Diagnosis, inquiry: Inquiry): Diagnosis {
  const served = servingBefore(inquiry).map(
    ([revision, percent]) => `revision ${revision} still serves ${percent} % of the requests`,
  )
  return { ...diagnosis, evidence: [...new Set([...diagnosis.evidence, ...served])] }
}

export interface AwaitedShare {
  revision: string
  wanted: number
  percent: number
}

/**
 * Where the route does not give the newest revision the share that was written: KServe brings it to Knative's Service, and Knative to its route,
 * a moment after either is ready. Where no revision was there before, the only one gets everything whatever the share.
 */
export function awaitedShare(service: InferenceService): AwaitedShare | undefined {
  const { latestCreatedRevision: revision, traffic, ...before } = predictor(service)
  if (revision === undefined || traffic === undefined) return undefined
  const share = service.spec?.predictor?.canaryTrafficPercent
  const { latestRolledoutRevision: stable = revision, previousRolledoutRevision } = before
  const isAlone = stable === revision && previousRolledoutRevision === undefined
  const wanted = share === undefined || isAlone ? 100 : share
  const percent = sharesOf(service).get(revision) ?? 0
  return percent === wanted ? undefined : { revision, wanted, percent }
}

/** One revision may be there twice: by its name, and as the latest. */
function sharesOf(service: InferenceService): Map<string, number> {
  const traffic = predictor(service).traffic ?? []
  return summed(traffic.map(({ revisionName = '', percent = 0 }) => [revisionName, percent]))
}

function predictor({ status }: InferenceService) {
  return status?.components?.['predictor'] ?? {}
}
