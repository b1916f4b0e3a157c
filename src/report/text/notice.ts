import type { RetryNotice, Warning } from '../../cluster/index.ts'
import { formatRef, type ObjectRef } from '../../object/index.ts'
import { cleanLine } from '../clean.ts'
import type { Paint } from './style.ts'
import { formatSeconds } from '../../words/index.ts'

export type Notice =
  | ({ type: 'retrying' } & RetryNotice)
  | ({ type: 'warning' } & Warning)
  /** What a credential plugin says while it runs: where to sign in, which code to type. */
  | { type: 'sign-in'; message: string }

/** What the API server, or the way to it, has to say beside its answers. */
export function noticeAsText(notice: Notice, paint: Paint): string {
  if (notice.type === 'sign-in')
    return `${notice.message.trimEnd().split('\n').map(cleanLine).join('\n')}\n`
  if (notice.type === 'warning') {
    return `${paint('yellow', 'warning')}: ${subjectOf(notice.ref)}${cleanLine(notice.message)}\n`
  }
  const { verb, ref, reason, attempt, delaySeconds } = notice
  const what = ref === undefined ? verb : `${verb} ${formatRef(ref)}`
  const text = `${what}: ${reason}; again in ${formatSeconds(delaySeconds)} (attempt ${attempt + 1})`
  return `${paint('dim', cleanLine(text))}\n`
}

function subjectOf(ref: ObjectRef | undefined): string {
  return ref === undefined ? '' : `${formatRef(ref)}: `
}
