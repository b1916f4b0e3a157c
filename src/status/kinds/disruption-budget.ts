import type { Rule } from './rule.ts'

/** Ready once stored: how many pods it allows to go now is news, not readiness. */
export const assessDisruptionBudget: Rule = ({ object: { status } }) => {
  const { disruptionsAllowed } = (status ?? {}) as { disruptionsAllowed?: number }
  const message =
    disruptionsAllowed === undefined ? 'stored' : `${disruptionsAllowed} disruptions allowed now`
  return { state: 'ready', message }
}
