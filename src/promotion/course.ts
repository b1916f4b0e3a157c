import type { Revision } from '../plan/index.ts'
import type { Course } from './facts.ts'

/** The newest applies in a row that the endpoint was part of and was ready after: from a commit, with nothing beside it. */
export function goodRun(endpoint: string, revisions: readonly Revision[]): Revision[] {
  const own = revisions.filter(({ only }) => only === undefined || only.includes(endpoint))
  const end = own.findIndex(revision => !wasReady(endpoint, revision))
  return end === -1 ? own : own.slice(0, end)
}

/** Where others failed, and it is known which, this one was ready. */
export function wasReady(endpoint: string, revision: Revision): boolean {
  const { action, commit, dirty, result, unready } = revision
  if (action !== undefined || commit === undefined || dirty) return false
  if (result === 'succeeded') return true
  return result === 'failed' && unready !== undefined && !unready.includes(endpoint)
}

/** Undefined where there was none. */
export function courseOf(run: readonly Revision[]): Course | undefined {
  const first = run.at(-1)
  if (first === undefined) return undefined
  const smoked = run.find(each => each.smoked === true)
  return { since: first.time, ...(smoked && { smokedAt: smoked.time }) }
}
