import type { ExecutionContext } from 'ava'
import type { FaultProxy } from './proxy.ts'

/** When applies wrote, by what went through the proxies that they were behind. */

/** That no two of them wrote at the same time. */
export function assertTurns(t: ExecutionContext, proxies: readonly FaultProxy[]): void {
  const spans = proxies.flatMap(proxy => spanOf(proxy) ?? [])
  t.true(spans.length > 0)
  for (const [index, span] of spans.entries()) {
    for (const other of spans.slice(index + 1)) {
      t.true(span.last < other.first || other.last < span.first, JSON.stringify([span, other]))
    }
  }
}

/** From the start of an apply's first write to the end of its last. */
function spanOf({ seen }: FaultProxy): { first: number; last: number } | undefined {
  const writes = seen.filter(isWrite)
  const [first, last] = [writes[0], writes.at(-1)]
  return first === undefined || last === undefined
    ? undefined
    : { first: first.startedMs ?? 0, last: last.endedMs ?? last.startedMs ?? 0 }
}

/** Of the Lease only its holder's own can be written or deleted: that is guarded. */
export function isWrite({ method, path }: FaultProxy['seen'][number]): boolean {
  return (
    ['PATCH', 'DELETE', 'POST', 'PUT'].includes(method) &&
    !path.includes('dryRun=All') &&
    !/\/leases|\/events|selfsubject/.test(path)
  )
}
