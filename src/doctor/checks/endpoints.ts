import { readStatuses } from '../../overview/index.ts'
import { SlipwayError } from '../../problem/index.ts'
import type { EndpointStatus } from '../../status/index.ts'
import { plural } from '../../words/index.ts'
import { about, type Check, type Finding } from '../finding.ts'

/** What is wrong with endpoints that are there, by the diagnosis that apply and status give, too. Whether an apply mends it is not known. */
export const endpoints: Check = async ({ set, objects, cluster }) => {
  try {
    return endpointFindings(await readStatuses(cluster, { set, objects }))
  } catch (error) {
    // A damaged record is for apply to refuse: the other checks go on.
    if (!(error instanceof SlipwayError)) throw error
    const message = `could not be looked at: ${error.message}`
    return about('endpoints').unseen(message)
  }
}

/** One for each endpoint in trouble, else one for all. */
export function endpointFindings(statuses: readonly EndpointStatus[]): Finding[] {
  const say = about('endpoints')
  const there = statuses.filter(({ state }) => state !== 'absent')
  const troubled = there.flatMap(status => troubleOf(status))
  if (troubled.length > 0) return troubled
  if (there.length === 0) return [say.notNeeded('none is applied yet')]
  const ready = there.filter(({ state }) => state === 'ready').length
  const others = there.length - ready
  const message =
    others === 0 ? `${ready} ready` : `${ready} ready, ${plural(others, 'other')} on the way`
  return [say.ok(message)]
}

function troubleOf({ endpoint, diagnosis }: EndpointStatus): Finding[] {
  if (diagnosis === undefined || diagnosis.outlook === 'waiting') return []
  const { summary, remedy } = diagnosis
  return [about(`endpoint ${endpoint}`).warning(summary, remedy)]
}
