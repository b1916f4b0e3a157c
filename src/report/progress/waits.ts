import { cleanLine } from '../clean.ts'
import type { EndpointProgress } from './progress.ts'
import { formatSeconds } from '../../words/index.ts'

/** How often a wait is told again where lines cannot be redrawn: a silent log looks hung, and some CI systems end such jobs. */
const REPEAT_SECONDS = 30

/** Repeated one by one; more of them would be a log of nothing else. */
const MOST_REPEATED = 5

/** Remembers what was told of each wait; gives the lines that are to be told now. */
export function waitTeller(): (entries: Iterable<EndpointProgress>, now: number) => string[] {
  const told = new Map<string, { what: string; at: number }>()
  return (entries, now) => {
    const waiting = [...entries].filter(({ since }) => since !== undefined)
    const fresh: EndpointProgress[] = []
    const repeated: EndpointProgress[] = []
    for (const entry of waiting) {
      const what = withoutTimes(entry.detail)
      const last = told.get(entry.endpoint)
      const isSame = last?.what === what
      if (isSame && now - last.at < REPEAT_SECONDS * 1000) continue
      told.set(entry.endpoint, { what, at: now })
      ;(isSame ? repeated : fresh).push(entry)
    }
    return [...fresh.map(entry => waitText(entry, now)), ...repeatedLines(repeated, now)]
  }
}

/** `not ready yet for 12s` and `… for 13s` are the same wait. */
function withoutTimes(text: string): string {
  return text.replaceAll(/(?<![\w.])[\d.]+[smhd]\b/g, '')
}

/** The one that has waited longest speaks for many. */
function repeatedLines(repeated: EndpointProgress[], now: number): string[] {
  if (repeated.length <= MOST_REPEATED) return repeated.map(entry => waitText(entry, now))
  const [longest] = repeated.toSorted((a, b) => (a.since ?? 0) - (b.since ?? 0))
  return longest === undefined
    ? []
    : [
        `still waiting for ${repeated.length} endpoints as told above; longest: ${waitText(longest, now)}`,
      ]
}

function waitText({ endpoint, detail, since = 0, deadlineSeconds }: EndpointProgress, now: number) {
  const elapsed = formatSeconds(Math.floor((now - since) / 1000))
  const limit = deadlineSeconds === undefined ? '' : ` of ${formatSeconds(deadlineSeconds)}`
  return cleanLine(`${endpoint}: ${detail} (${elapsed}${limit})`)
}
