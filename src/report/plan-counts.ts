import type { ActionType, Plan, PlanCounts } from '../plan/index.ts'
import { plannedActions } from './change.ts'

const WORDS: [ActionType, string][] = [
  ['create', 'create'],
  ['update', 'update'],
  ['adopt', 'adopt'],
  ['replace', 'replace'],
  ['switch', 'switch'],
  ['prune', 'delete'],
]

/** `2 to create, 1 to delete, 14 unchanged`; `no changes, 14 unchanged`. */
export function countWords(plan: Plan): string {
  const actions = plannedActions(plan)
  const parts = WORDS.flatMap(([type, word]) => {
    const count = actions.filter(action => action.type === type).length
    return count === 0 ? [] : [`${count} to ${word}`]
  })
  const changes = parts.length === 0 ? ['no changes'] : parts
  return [...changes, `${plan.unchanged.length} unchanged`].join(', ')
}

/** The same after the number of endpoints: `3 endpoints change; objects: 5 to create, 1 to delete, 14 unchanged`. */
export function planWords(plan: Plan): string {
  const names = new Set(plannedActions(plan).map(({ endpoint }) => endpoint))
  if (names.size === 0) return countWords(plan)
  const endpoints = names.size === 1 ? '1 endpoint changes' : `${names.size} endpoints change`
  return `${endpoints}; objects: ${countWords(plan)}`
}

/** Counts of a record: `+2 ~1 -1`; `=` when nothing was to be done. */
export function countSymbols(counts: PlanCounts): string {
  const { create, update, adopt, replace, prune } = counts
  const parts = [
    create > 0 ? `+${create}` : '',
    update + adopt > 0 ? `~${update + adopt}` : '',
    replace > 0 ? `-/+${replace}` : '',
    prune + counts.switch > 0 ? `-${prune + counts.switch}` : '',
  ]
  return parts.filter(part => part !== '').join(' ') || '='
}
