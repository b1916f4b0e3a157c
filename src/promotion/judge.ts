import type { Revision } from '../plan/index.ts'
import type { Problem } from '../problem/index.ts'
import { formatSeconds, shortCommit } from '../words/index.ts'
import { wasReady } from './course.ts'
import type { Evidence, SourceFacts } from './facts.ts'

export interface Wish {
  /** For how long the endpoint must have been as it is. */
  minSoakSeconds: number
  /** Milliseconds, by the clock of the API server. */
  now: number
}

export type Verdict = { evidence: Evidence } | { refusals: Problem[] }

/** Whether what an environment runs is good for another: applied from a commit, ready, asked, unchanged since, and for long enough. */
export function judgeSource(facts: SourceFacts, wish: Wish): Verdict {
  const { endpoint, source, applied, course, image } = facts
  const unapplied = notApplied(facts)
  if (unapplied !== undefined) return { refusals: [unapplied] }
  const refusals = [...notWell(facts), ...notProven(facts, wish)]
  const isProven = course?.smokedAt !== undefined && image.state === 'pinned'
  if (refusals.length > 0 || applied?.commit === undefined || !isProven) return { refusals }
  const { commit, subject, actor } = applied
  const { since, smokedAt = since } = course
  const soakSeconds = soakOf(since, wish)
  const told = { commit, actor, since, smokedAt, soakSeconds, image: image.image }
  return { evidence: { endpoint, source, ...told, ...(subject !== undefined && { subject }) } }
}

function refusal({ endpoint, source }: SourceFacts, message: string, remedy: string): Problem {
  return {
    code: 'not-promoted',
    severity: 'error',
    endpoint,
    message: `${endpoint} is not promoted from ${source}: ${message}`,
    remedy,
  }
}

/** The record has no apply to go by. */
function notApplied(facts: SourceFacts): Problem | undefined {
  const { applied, endpoint, source } = facts
  const again = `Apply it: slipway apply -e ${source} --smoke ${endpoint}.`
  if (applied === undefined) return refusal(facts, 'no apply of it is on record', again)
  const fault = faultOf(endpoint, applied)
  return fault === undefined ? undefined : refusal(facts, fault, again)
}

function faultOf(endpoint: string, applied: Revision): string | undefined {
  const { action, actor, commit, dirty, result, time } = applied
  const what = shortCommit(commit)
  if (action !== undefined) return `${actor} deleted it at ${time}`
  if (commit === undefined) return 'it was applied from files without a commit'
  if (dirty) return `it was applied with uncommitted changes beside ${what}`
  if (result === 'begun') return `the apply of ${what} that began at ${time} has not finished`
  if (wasReady(endpoint, applied)) return undefined
  return result === 'interrupted'
    ? `the apply of ${what} was interrupted`
    : `the apply of ${what} failed`
}

/** How it is now. */
function notWell(facts: SourceFacts): Problem[] {
  const { status, endpoint, source } = facts
  const look = `See: slipway status -e ${source} ${endpoint}.`
  if (status === undefined) return [refusal(facts, 'it is not in the cluster', look)]
  const { state, message, sync, deviations, unseen } = status
  if (state !== 'ready') return [refusal(facts, `it is not ready: ${message}`, look)]
  if (sync === 'synced') return []
  if (sync === 'unknown') {
    const reason = unseen[0]?.reason ?? 'not everything could be read'
    return [refusal(facts, `it is not known whether it has drifted: ${reason}`, look)]
  }
  const [first] = deviations
  const what = first === undefined ? '' : `: ${first.ref.kind} ${first.ref.name} ${first.reason}`
  return [
    refusal(
      facts,
      `it is not as the applied commit says${what}`,
      `Apply again, or commit what was changed by hand: slipway diff -e ${source} ${endpoint}.`,
    ),
  ]
}

/** Asked, for long enough, and known by digest. */
function notProven(facts: SourceFacts, wish: Wish): Problem[] {
  const { course, applied, source, endpoint } = facts
  const soak = course === undefined ? 0 : soakOf(course.since, wish)
  const left = wish.minSoakSeconds - soak
  const refuse = (isRefused: boolean, message: string, remedy: string) =>
    isRefused ? [refusal(facts, message, remedy)] : []
  return [
    ...refuse(
      course?.smokedAt === undefined,
      `${shortCommit(applied?.commit)} was applied without a smoke test`,
      `Run it: slipway apply -e ${source} --smoke ${endpoint}.`,
    ),
    ...refuse(
      left > 0,
      `it has been unchanged for ${formatSeconds(soak)}, and --min-soak asks for ${formatSeconds(wish.minSoakSeconds)}`,
      `Try again in ${formatSeconds(left)}, or with a shorter --min-soak.`,
    ),
    ...notPinned(facts),
  ]
}

function notPinned(facts: SourceFacts): Problem[] {
  const { image, source, endpoint } = facts
  if (image.state === 'pinned') return []
  const [message, remedy] =
    image.state === 'mixed'
      ? [
          `its pods run different images: ${image.images.join(', ')}`,
          'The tag was moved. Name the image by its digest (name:tag@sha256:…), and apply again.',
        ]
      : [
          'its pods do not say the digest of their image',
          `Name the image by its digest (name:tag@sha256:…) in ${source}. See: slipway status -e ${source} ${endpoint}.`,
        ]
  return [refusal(facts, message, remedy)]
}

function soakOf(since: string, { now }: Wish): number {
  return Math.max(0, Math.floor((now - Date.parse(since)) / 1000))
}
