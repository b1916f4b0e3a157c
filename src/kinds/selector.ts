import { at, entries, texts, type JsonMap, type KubeObject } from '../object/index.ts'
import { kindOf } from './table.ts'

/** A label selector, read from an object. */
export interface Selector {
  matchLabels: Record<string, string>
  matchExpressions: JsonMap[]
}

/** By what an object finds pods; undefined where it does not look for any. */
export function selectorOf(object: KubeObject): Selector | undefined {
  const { selects } = kindOf(object)
  if (selects === undefined) return undefined
  const value = at(object, ...selects.path)
  return selects.isPlain === true ? plainSelector(value) : labelSelector(value)
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

/** Whether labels satisfy a selector; an empty selector matches everything, as in Kubernetes. */
export function matches(selector: Selector, labels: Record<string, string>): boolean {
  return (
    Object.entries(selector.matchLabels).every(([label, value]) => labels[label] === value) &&
    selector.matchExpressions.every(expression => holds(expression, labels))
  )
}

function holds({ key, operator, values }: JsonMap, labels: Record<string, string>): boolean {
  const value = typeof key === 'string' ? labels[key] : undefined
  const isListed = value !== undefined && Array.isArray(values) && values.includes(value)
  switch (operator) {
    case 'In':
      return isListed
    case 'NotIn':
      return !isListed
    case 'Exists':
      return value !== undefined
    default:
      return value === undefined
  }
}
