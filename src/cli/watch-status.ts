import { setTimeout as delay } from 'node:timers/promises'
import type { StatusReport } from '../overview/index.ts'
import { INTERRUPTED } from './interrupt.ts'
import type { Terminal } from './terminal.ts'

/** A look costs one LIST per kind, so watches would not be cheaper. */
const PAUSE_MS = 2000

export interface StatusWatch {
  read: () => Promise<StatusReport>
  show: (report: StatusReport) => string | Promise<string>
  terminal: Terminal
}

/** Shows the status again whenever it has changed, until interrupted. On a terminal it takes the place of what was shown. */
export async function watchStatus({ read, show, terminal }: StatusWatch): Promise<number> {
  const { clear, out, signal, isOutTerminal } = terminal
  let last = ''
  while (!signal.aborted) {
    const report = await read()
    const state = JSON.stringify(report, withoutClocks)
    // Ages go on, which is no change where every line stays.
    if (isOutTerminal) clear()
    if (isOutTerminal || state !== last) out(await show(report))
    last = state
    await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined)
  }
  return INTERRUPTED
}

/** `seconds` of a phase go on by themselves. */
function withoutClocks(key: string, value: unknown): unknown {
  return key === 'seconds' ? undefined : value
}
