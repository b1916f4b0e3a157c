import type { Endpoint } from '../src/spec/index.ts'

/** What every object of an endpoint is made from. */
export interface Blueprint {
  endpoint: Endpoint
  /** For app.kubernetes.io/part-of; absent where an endpoint stands alone. */
  project?: string | undefined
}
