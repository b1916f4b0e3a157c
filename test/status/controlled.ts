import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { assess, viewOf, type Verdict } from '../../src/status/index.ts'
import { live } from './build.ts'

/** Rows about kinds that controllers of others serve, as these write them. */

export const BEFORE = '2026-11-21T09:00:00Z'
export const WRITTEN = '2026-11-21T10:00:00Z'
export const AFTER = '2026-11-21T10:00:02Z'
export const SOON = '2026-11-21T10:00:03Z'
export const LATER = '2026-11-21T10:02:00Z'
export const GENERATION = 3

export interface Row {
  object: KubeObject
  state: Verdict['state']
  message: RegExp
  now?: string
  related?: KubeObject[]
  cause?: string
}

export function row(title: string, given: Row): void {
  test(`R13 · ${title}`, t => {
    const { object, state, message, related = [], cause } = given
    const now = given.now ?? LATER
    const verdict = assess({ object, related: viewOf(related), since: WRITTEN, now })
    t.is(verdict.state, state, verdict.message)
    t.regex(verdict.message, message)
    t.is(verdict.diagnosis?.cause, cause, verdict.message)
    if (state === 'failed') t.regex(verdict.diagnosis?.remedy ?? '', /\w/)
  })
}

export type Said = Record<string, unknown>

/** Made long ago, written anew at WRITTEN. */
export function made(
  apiVersion: string,
  kind: string,
  { spec, status }: { spec?: Said; status?: Said },
) {
  const metadata = { generation: GENERATION, creationTimestamp: BEFORE }
  return live(apiVersion, kind, 'chat', { metadata, spec, status })
}

export function condition(type: string, status: string, reason: string, more: Said = {}): Said {
  return { type, status, reason, message: 'of it', lastTransitionTime: AFTER, ...more }
}

/** Of kinds whose conditions say their generation. */
export function current(type: string, status: string, reason: string, more: Said = {}): Said {
  return condition(type, status, reason, { observedGeneration: GENERATION, ...more })
}

export const EARLIER = { observedGeneration: GENERATION - 1, lastTransitionTime: BEFORE }
export const OLD = { lastTransitionTime: BEFORE }
