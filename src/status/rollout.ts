import { doomed } from './doomed.ts'
import { explain } from './explain.ts'
import type { Inquiry } from './inquiry.ts'
import { slowestPodClause } from './pod-clause.ts'
import type { Verdict } from './verdict.ts'
import { clauses } from './wording.ts'
import { plural } from '../words/index.ts'

/** What the rules of all kinds that make pods have in common. */

/** The rollout goes on, or has failed for a reason that waiting cannot mend. */
export function unfinished(inquiry: Inquiry, message: string): Verdict {
  const fatal = doomed(inquiry)
  if (fatal !== undefined) return { state: 'failed', message: fatal.summary, diagnosis: fatal }
  const [diagnosis] = explain(inquiry)
  const detail = slowestPodClause(inquiry) ?? diagnosis?.summary
  return { ...progressing(clauses(message, detail)), ...(diagnosis && { diagnosis }) }
}

export function ready(count: number): Verdict {
  return { state: 'ready', message: count === 0 ? 'scaled to 0' : `${plural(count, 'pod')} ready` }
}

export function progressing(message: string): Verdict {
  return { state: 'progressing', message }
}

/** `2 of 3 new pods available`; undefined when there are enough. */
export function lacking(count: number, wanted: number, what: string): string | undefined {
  return count < wanted ? `${count} of ${wanted} ${what}` : undefined
}
