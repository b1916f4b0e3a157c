import { conditionOf, conditionText, isCurrent } from '../conditions.ts'
import type { Rule } from './rule.ts'

/** Ready when its kind is served; names that another CRD has taken are a failure. */
export const assessDefinition: Rule = ({ object, since }) => {
  const names = conditionOf(object, 'NamesAccepted')
  if (names?.status === 'False' && isCurrent(names, object, since))
    return { state: 'failed', message: conditionText(names) }
  return conditionOf(object, 'Established')?.status === 'True'
    ? { state: 'ready', message: 'established' }
    : { state: 'progressing', message: 'waiting for its kind to be served' }
}
