import { isRuntime } from '../../kinds/index.ts'
import { listOf, plural } from '../../words/index.ts'
import type { Change } from '../change.ts'
import { addressAnswers } from './address.ts'
import { worstOf, type Answer } from './downtime.ts'
import { beginningOf, fateOf, type Fate } from './fate.ts'
import { rolloutAnswer, spareGpusOf } from './rollout.ts'

/** What the changes of one endpoint mean for those who call it. */
export interface Impact {
  /** What becomes of the pods that run now. */
  pods: Fate
  downtime: Answer
  /** GPUs that the roll-out needs on top of those in use. */
  spareGpus: number
  /** Kinds of objects that go while the endpoint stays. */
  deletes: string[]
}

/** Whether pods restart, whether there is a gap in service, and why: always an answer to both. */
export function impactOf(changes: readonly Change[]): Impact {
  const isPart = changes.some(({ stays }) => stays)
  const isNew = !isPart && changes.every(({ type }) => type === 'create')
  const isLeaving = !isPart && changes.every(({ type }) => type === 'prune')
  const workloads = changes.filter(({ ref }) => isRuntime(ref))
  const answers = isLeaving
    ? [departure(changes)]
    : [...workloads.flatMap(rolloutAnswer), ...addressAnswers(changes), ...lossAnswers(changes)]
  return {
    pods: isNew ? beginningOf(workloads) : fateOf(workloads),
    downtime: worstOf(answers),
    spareGpus: Math.max(0, ...workloads.map(spareGpusOf)),
    deletes: isLeaving ? [] : deletionsOf(changes),
  }
}

function lossAnswers(changes: readonly Change[]): Answer[] {
  return changes.flatMap(({ losses = [] }) =>
    losses.map(because => ({ answer: 'yes' as const, because })),
  )
}

function departure([change]: readonly Change[]): Answer {
  const successor = change?.successor
  const because =
    successor === undefined
      ? 'it is deleted'
      : `its name goes, when ${successor} is ready to take its place`
  return { answer: 'yes', because }
}

function deletionsOf(changes: readonly Change[]): string[] {
  return changes.filter(({ type }) => type === 'prune').map(({ ref }) => ref.kind)
}

/** One thing to know of a change, and how much it matters. */
export interface Effect {
  text: string
  weight: 'calm' | 'notable' | 'grave'
}

/** `restarts 3 pods`, `downtime: no, because …`, `needs 2 spare GPUs`, `deletes Ingress`. Nobody misses what is new. */
export function effectsOf({ pods, downtime, spareGpus, deletes }: Impact): Effect[] {
  if (pods.fate === 'start') return [{ text: podWords(pods), weight: 'calm' }]
  return [
    { text: podWords(pods), weight: pods.fate === 'stay' ? 'calm' : 'notable' },
    { text: downtimeWords(downtime), weight: downtime.answer === 'no' ? 'calm' : 'grave' },
    ...notable(spareGpus > 0, `needs ${plural(spareGpus, 'spare GPU')} during the roll-out`),
    ...notable(deletes.length > 0, `deletes ${listOf(deletes)}`),
  ]
}

function notable(isTold: boolean, text: string): Effect[] {
  return isTold ? [{ text, weight: 'notable' }] : []
}

function podWords({ fate, count }: Fate): string {
  if (fate === 'stay') return 'restarts no pods'
  if (count === 0) return `${fate}s no pods`
  return `${fate}s ${count === undefined ? 'its pods' : plural(count, 'pod')}`
}

function downtimeWords({ answer, because }: Answer): string {
  return `downtime: ${answer}${because === undefined ? '' : `, because ${because}`}`
}
