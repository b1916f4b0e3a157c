import { ClusterError } from '../cluster/index.ts'
import type { Cluster } from '../cluster/index.ts'
import type { RenderedObject } from '../render/index.ts'
import type { EndpointSet } from '../spec/index.ts'

/** What the doctor says of one thing. */
export interface Finding {
  /** The thing: `KServe webhooks`, `quota llm-ops/gpus`. */
  check: string
  /** `missing`: an apply will not succeed without it; `unseen`: there was no right to look. */
  state: 'ok' | 'warning' | 'missing' | 'not-needed' | 'unseen'
  /** What was found, as a clause. */
  message: string
  /** What to do, as a sentence. */
  remedy?: string
}

/** Of an environment, or of several on GitHub, and of the server that was looked at. */
export interface DoctorReport {
  environment: string
  server: string
  findings: readonly Finding[]
}

/** A set and the cluster that it is to be applied to. */
export interface Patient {
  set: EndpointSet
  objects: readonly RenderedObject[]
  cluster: Cluster
}

/** Looks at one side of the cluster; reads, and at most tries something by a dry-run. Throws ClusterError. */
export type Check = (patient: Patient) => Promise<Finding[]>

/** Reads what one may not be allowed to read: undefined then. */
export async function ifAllowed<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof ClusterError && error.failure.type === 'forbidden') return undefined
    throw error
  }
}

/** Namespaces that the set's objects are in. */
export function namespacesOf({ set, objects }: Pick<Patient, 'set' | 'objects'>): string[] {
  const { namespace } = set.environment
  const others = objects.flatMap(({ object }) => object.metadata.namespace ?? [])
  return [...new Set([namespace, ...others])]
}
