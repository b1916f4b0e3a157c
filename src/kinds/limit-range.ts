import type { KubeObject } from '../object/index.ts'

type Amounts = Record<string, unknown>

/** What a LimitRange says of containers, or of pods. */
export interface Limit {
  type?: string
  max?: Amounts
  min?: Amounts
  maxLimitRequestRatio?: Amounts
  default?: Amounts
  defaultRequest?: Amounts
}

/** Of that type, or of all. */
export function limitsOf({ spec }: KubeObject, type?: string): Limit[] {
  const { limits = [] } = (spec ?? {}) as { limits?: Limit[] }
  return type === undefined ? limits : limits.filter(limit => limit.type === type)
}
