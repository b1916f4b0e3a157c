import type { InferenceService } from '../shapes.ts'

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

/** Revisions other than the newest that get requests, with their percentage. */
export function servingBefore(service: InferenceService): [revision: string, percent: number][] {
  const { latestCreatedRevision: newest } = predictor(service)
  if (newest === undefined) return []
  return [...sharesOf(service)].filter(([name, percent]) => name !== newest && percent > 0)
}

/** One revision may be there twice: by its name, and as the latest. */
function sharesOf(service: InferenceService): Map<string, number> {
  const shares = new Map<string, number>()
  for (const { revisionName = '', percent = 0 } of predictor(service).traffic ?? [])
    shares.set(revisionName, (shares.get(revisionName) ?? 0) + percent)
  return shares
}

function predictor({ status }: InferenceService) {
  return status?.components?.['predictor'] ?? {}
}
