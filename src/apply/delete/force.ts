import { asProblem, ClusterError } from '../../cluster/index.ts'
import { APPLYSET, formatRef, refOf, type KubeObject } from '../../object/index.ts'
import type { Problem } from '../../problem/index.ts'
import { finalizerOwners, forcibleFinalizers, isOfStatefulSet } from '../../status/index.ts'
import type { Removal } from './removal.ts'
import { forcings, type Forcing } from './forcing.ts'
import type { Run } from '../run.ts'
import { whileStale } from '../write/while-stale.ts'

export interface Forced {
  isAnythingDone: boolean
  /** Why something could not be done. */
  prevented?: string
}

/** Ends a deletion by force, as far as that was asked for: members of the set and what they owned only, each step once. */
export function forcer(run: Run, removal: Removal, family: ReadonlySet<string>) {
  const tried = new Set<string>()
  let prevented: string | undefined
  const isMember = removal.live.metadata.labels?.[APPLYSET.partOf] === run.plan.setId
  const attempt = async (step: Forcing): Promise<boolean> => {
    tried.add(keyOf(step))
    try {
      if ((await FORCE[step.how](run, step.object)) === 'gone') return true
    } catch (error) {
      if (!(error instanceof ClusterError) || run.signal.aborted) throw error
      if (error.failure.type === 'not-found') return true
      prevented = asProblem(error).message
      return false
    }
    const problem = { ...PROBLEM[step.how](step.object), endpoint: removal.endpoint }
    run.emit({ type: 'forced', ref: refOf(step.object), endpoint: removal.endpoint, problem })
    return true
  }
  return async (left: readonly KubeObject[]): Promise<Forced> => {
    const { forceFinalizers, forceDeletePods } = run.options
    const input = { left, family, forceFinalizers, forceDeletePods, now: run.cluster.serverTime() }
    const steps = isMember ? forcings(input).filter(step => !tried.has(keyOf(step))) : []
    const done = await Promise.all(steps.map(attempt))
    return { isAnythingDone: done.includes(true), ...(prevented !== undefined && { prevented }) }
  }
}

function keyOf({ how, object }: Forcing): string {
  return `${how} ${object.metadata.uid}`
}

type Force = (run: Run, object: KubeObject) => Promise<'done' | 'gone'>

const FORCE: Record<Forcing['how'], Force> = {
  finalizers: ({ cluster }, object) =>
    whileStale(async () => {
      const live = await cluster.get(refOf(object))
      if (live === undefined || live.metadata.uid !== object.metadata.uid) return 'gone'
      const { uid, resourceVersion, finalizers = [] } = live.metadata
      const taken = forcibleFinalizers(live)
      const left = finalizers.filter(finalizer => !taken.includes(finalizer))
      const metadata = { uid, resourceVersion, finalizers: left }
      await cluster.patch(refOf(live), { type: 'merge', body: { metadata } })
      return 'done'
    }),
  pod: async ({ cluster }, pod) => {
    const { uid = '' } = pod.metadata
    const options = { propagation: 'Background', uid, gracePeriodSeconds: 0 } as const
    return (await cluster.delete(refOf(pod), options)) === 'absent' ? 'gone' : 'done'
  },
}

type Told = Omit<Problem, 'endpoint'>

const PROBLEM: Record<Forcing['how'], (object: KubeObject) => Told> = {
  finalizers: object => ({
    ...forced(object, `${forcibleFinalizers(object).join(', ')} was taken off by force`),
    cause: `${finalizerOwners(object)} did not take it off in time: what it does before a deletion may not have been done`,
    remedy: 'Look for what may be left behind: in the cloud, in storage, under other names.',
  }),
  pod: object => ({
    ...forced(object, 'deleted by force: nothing has confirmed that it ended'),
    cause: `it did not end within its grace period${twice(object)}`,
    remedy: `Make sure that it does not run any more${nodeOf(object)}: its GPUs and volumes may still be in use.`,
  }),
}

function forced(object: KubeObject, what: string) {
  const name = formatRef(refOf(object))
  return { code: 'forced', severity: 'warning', message: `${name}: ${what}`, object: name } as const
}

function twice(pod: KubeObject): string {
  return isOfStatefulSet(pod)
    ? '; it is of a StatefulSet: two copies with one identity may run'
    : ''
}

function nodeOf({ spec }: KubeObject): string {
  const { nodeName } = (spec ?? {}) as { nodeName?: string }
  return nodeName === undefined ? '' : ` on node ${nodeName}`
}
