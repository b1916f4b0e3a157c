import { ClusterError } from '../../cluster/index.ts'
import { formatRef, refOf, type KubeObject } from '../../object/index.ts'
import { manifestOf, type Action } from '../../plan/index.ts'
import { notSwitched } from '../failed.ts'
import { restore } from './restore.ts'
import type { Run } from '../run.ts'
import { StepErrors } from './waves.ts'

export interface FailedSwitch {
  endpoint: string
  /** The other runtime's, deleted. */
  before: readonly KubeObject[]
  writes: readonly Action[]
  error: unknown
}

/** The other runtime is gone and the new one could not be written: what was deleted must not be lost. Gives all that is to be told. */
export async function afterFailedSwitch(run: Run, failed: FailedSwitch): Promise<unknown> {
  const { endpoint, before, writes, error } = failed
  const isNothingLost = before.length === 0 || run.signal.aborted
  if (isNothingLost || (await isServed(run, writes))) return error
  const lost = await Promise.all(
    before.map(async object => {
      const manifest = manifestOf(object)
      const restored = await restore(run, endpoint, manifest)
      const ref = refOf(object)
      return { error: notSwitched({ ref, endpoint, manifest }, restored), object: formatRef(ref) }
    }),
  )
  const errors = error instanceof StepErrors ? error.errors : [{ error, object: undefined }]
  return new StepErrors([...errors, ...lost])
}

/** With the new workload there, the old one must not be: it is the wait that fails, or a rollback that helps. */
async function isServed({ cluster }: Run, writes: readonly Action[]): Promise<boolean> {
  const workloads = writes.filter(({ wave }) => wave === 'workload')
  try {
    const live = await Promise.all(workloads.map(({ ref }) => cluster.get(ref)))
    return live.some(object => object !== undefined)
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error
    return true
  }
}
