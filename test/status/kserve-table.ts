import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { assess, viewOf, type Verdict } from '../../src/status/index.ts'

/** The statuses in fixtures/kserve were written between 00:16 and 00:40. */
export const NOW = '2026-11-21T00:40:00Z'

export interface Row {
  object: KubeObject
  related?: KubeObject[]
  desired?: KubeObject
  since?: string
  now?: string
  state: Verdict['state']
  message: string | RegExp
  cause?: string
}

export function row(title: string, make: () => Row): void {
  test(title, t => {
    const { state, message, cause, related = [], ...question } = make()
    const verdict = assess({ now: NOW, ...question, related: viewOf(related) })
    t.is(verdict.state, state, verdict.message)
    if (typeof message === 'string') t.is(verdict.message, message)
    else t.regex(verdict.message, message)
    t.is(verdict.diagnosis?.cause, cause)
  })
}
