import { at, entries, text, texts } from '../../object/index.ts'
import type { JsonMap } from '../../object/index.ts'

/** A label selector, read from an object. */
export interface Selector {
  matchLabels: Record<string, string>
  matchExpressions: JsonMap[]
}

/** Of Deployments, budgets and spread constraints: {matchLabels, matchExpressions}. */
export function labelSelector(value: unknown): Selector {
  return {
    matchLabels: texts(at(value, 'matchLabels')),
    matchExpressions: entries(at(value, 'matchExpressions')),
  }
}

/** Of Services: a plain map. */
export function plainSelector(value: unknown): Selector {
  return { matchLabels: texts(value), matchExpressions: [] }
}

export function isEmpty({ matchLabels, matchExpressions }: Selector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0
}

export function matches(selector: Selector, labels: Record<string, string>): boolean {
  return (
    Object.entries(selector.matchLabels).every(([label, value]) => labels[label] === value) &&
    selector.matchExpressions.every(expression => holds(expression, labels))
  )
}

function holds({ key, operator, values }: JsonMap, labels: Record<string, string>): boolean {
  const value = labels[text(key) ?? '']
  const listed = Array.isArray(values) && values.includes(value)
  switch (operator) {
    case 'In':
      return listed
    case 'NotIn':
      return !listed
    case 'Exists':
      return value !== undefined
    default:
      return value === undefined
  }
}

export function formatSelector({ matchLabels }: Selector): string {
  return Object.entries(matchLabels)
    .map(([label, value]) => `${label}=${value}`)
    .join(',')
}
