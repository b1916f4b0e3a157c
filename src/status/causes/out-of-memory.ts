import { containersOf, containerText, lastEnd, placeText } from '../containers.ts'
import type { PodContainer } from '../containers.ts'
import { exitText } from './exit-code.ts'
import { RESTARTS } from './cause.ts'
import type { PodCause } from './cause.ts'
import { plural } from '../../words/index.ts'

/** A container was killed because it used more memory than its limit. */
export const outOfMemory: PodCause = pod => {
  const container = containersOf(pod).find(each => lastEnd(each)?.reason === 'OOMKilled')
  const end = container && lastEnd(container)
  if (container === undefined || end === undefined) return undefined
  const restarts = container.status.restartCount ?? 0
  const isLooping = container.status.state?.waiting?.reason === 'CrashLoopBackOff'
  return {
    cause: 'out-of-memory',
    summary: `${containerText(container)} of pod ${pod.metadata.name} used more memory than its limit${limitText(container)} and was killed`,
    evidence: [`${placeText(container)} ended with ${exitText(end)}`, plural(restarts, 'restart')],
    remedy:
      'raise resources.memory, or make it need less (a smaller model or batch, fewer concurrent requests)',
    ...(isLooping && restarts >= RESTARTS && { outlook: 'hopeless' }),
  }
}

function limitText({ spec }: PodContainer): string {
  const limit = spec.resources?.limits?.['memory']
  return limit === undefined ? '' : ` of ${limit}`
}
