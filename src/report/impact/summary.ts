import { cleanLine } from '../clean.ts'
import type { EndpointChange } from '../endpoint-change.ts'
import { plural, someOf } from '../../words/index.ts'

/** What all changes together mean, in one line: `restarts pods of 2 endpoints; downtime of 1: rag; needs up to 3 spare GPUs`. */
export function impactSummary(groups: readonly EndpointChange[]): string {
  const restarting = groups.filter(({ impact }) => impact.pods.fate === 'restart').length
  const gaps = namesWith(groups, 'yes')
  const possible = namesWith(groups, 'possible')
  const gpus = groups.reduce((sum, { impact }) => sum + impact.spareGpus, 0)
  return [
    restarting === 0 ? 'restarts no pods' : `restarts pods of ${plural(restarting, 'endpoint')}`,
    ...(gaps.length + possible.length === 0 ? ['no downtime'] : []),
    ...(gaps.length === 0
      ? []
      : [`downtime for ${plural(gaps.length, 'endpoint')}: ${someOf(gaps)}`]),
    ...(possible.length === 0
      ? []
      : [`downtime possible for ${plural(possible.length, 'endpoint')}: ${someOf(possible)}`]),
    ...(gpus === 0 ? [] : [`needs up to ${plural(gpus, 'spare GPU')}`]),
  ].join('; ')
}

function namesWith(groups: readonly EndpointChange[], wanted: 'yes' | 'possible'): string[] {
  return groups
    .filter(({ impact }) => impact.downtime.answer === wanted)
    .map(({ endpoint }) => cleanLine(endpoint))
}
