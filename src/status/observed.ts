import type { Inquiry } from './inquiry.ts'
import type { Workload } from './shapes.ts'
import type { Verdict } from './verdict.ts'

/** Until the controller has seen our write, its counts and conditions are about the spec before. */
export function unobserved({ object }: Inquiry): Verdict | undefined {
  const { generation } = object.metadata
  const seen = (object as Workload).status?.observedGeneration
  if (generation === undefined || (seen !== undefined && seen >= generation)) return undefined
  const last = seen === undefined ? 'not seen yet' : `last seen ${seen}`
  return {
    state: 'progressing',
    message: `waiting for generation ${generation} to be observed (${last})`,
  }
}
