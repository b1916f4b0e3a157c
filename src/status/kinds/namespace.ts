import type { Rule } from './rule.ts'

/** Ready when active; `Terminating` comes with a deletionTimestamp and is answered before the kinds' rules. */
export const assessNamespace: Rule = ({ object: { status } }) => {
  const { phase } = (status ?? {}) as { phase?: string }
  return phase === 'Active'
    ? { state: 'ready', message: 'active' }
    : { state: 'progressing', message: 'waiting to become active' }
}
