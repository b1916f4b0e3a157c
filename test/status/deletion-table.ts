import test from 'ava'
import type { KubeObject, ObjectMeta } from '../../src/object/index.ts'
import { explainDeletion, viewOf } from '../../src/status/index.ts'
import { ownedBy, pod } from './build.ts'

export const ASKED = '2026-11-21T10:00:00Z'
export const NOW = '2026-11-21T10:12:00Z'

interface Row {
  object: KubeObject
  related?: KubeObject[]
  now?: string
  cause: string
  summary: string | RegExp
  remedy?: RegExp
  evidence?: string[]
  outlook?: 'hopeless' | 'waiting'
}

export function row(title: string, make: () => Row): void {
  test(title, t => {
    const {
      object,
      related = [],
      now = NOW,
      cause,
      summary,
      remedy,
      evidence = [],
      outlook,
    } = make()
    const found = explainDeletion({ object, related: viewOf([object, ...related]), now })
    t.is(found.cause, cause)
    if (typeof summary === 'string') t.is(found.summary, summary)
    else t.regex(found.summary, summary)
    if (remedy !== undefined) t.regex(found.remedy, remedy)
    for (const fact of evidence)
      t.true(found.evidence.join('\n').includes(fact), found.evidence.join('\n'))
    t.is(found.outlook, outlook)
  })
}

export function deleted(object: KubeObject, metadata: Partial<ObjectMeta> = {}): KubeObject {
  return { ...object, metadata: { ...object.metadata, deletionTimestamp: ASKED, ...metadata } }
}

/** A pod whose grace period of 120 s ends at the given time. */
export function ending(
  name: string,
  deletionTimestamp: string,
  input: Parameters<typeof pod>[1] = {},
): KubeObject {
  const metadata = { ...input.metadata, deletionTimestamp, deletionGracePeriodSeconds: 120 }
  return pod(name, {
    ...input,
    metadata: { ...(input.owner && ownedBy(input.owner)), ...metadata },
  })
}
