import * as z from 'zod'
import { isMap, type KubeObject } from '../object/index.ts'
import type { RevisionInfo } from '../project/index.ts'
import type { PlanCounts } from './action.ts'
import { damagedRecord } from './damaged-record.ts'

/** One entry of the record kept with the set's parent: what was applied, and how it went. */
export interface Revision extends RevisionInfo {
  /** Endpoints were deleted on request; absent for an apply. The commit is that of the files there, which was not applied. */
  action?: 'delete'
  /** When it ended, or began. */
  time: string
  counts: PlanCounts
  /** `begun` until the apply has ended: one that was killed leaves it. */
  result: Result | 'begun'
  durationSeconds: number
  /** Endpoint names, when the apply was limited to some. */
  only?: string[]
  /** Every endpoint that was waited for and can be asked has answered its smoke test, those in `unready` excepted. */
  smoked?: true
  /** Endpoints that did not become ready, where the apply failed; absent where they are too many to name, or an older version recorded it. */
  unready?: string[]
}

export type Result = 'succeeded' | 'failed' | 'interrupted'

export const REVISIONS_KEY = 'revisions.json'

/** The recorded revisions, newest first. Throws a SlipwayError (code `record`) where the record is not one of slipway's. */
export function revisionsOf(parent: KubeObject | undefined): Revision[] {
  const text = parent === undefined ? undefined : recordIn(parent)
  if (parent === undefined || text === undefined) return []
  const { success, data, error } = RECORD.safeParse(parsed(text))
  if (success) return data as Revision[]
  const [issue] = error.issues
  throw damagedRecord(parent, {
    key: REVISIONS_KEY,
    cause: `${pathText(issue?.path ?? [])}${issue?.message ?? ''}`,
    loss: 'which changes no endpoint',
  })
}

function recordIn({ data }: KubeObject): unknown {
  return isMap(data) ? data[REVISIONS_KEY] : undefined
}

/** What is no JSON is not a list either. */
function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : text
  } catch {
    return text
  }
}

// Later versions may add fields; what is missing or of another type was written by somebody else.
const REVISION = z.looseObject({
  action: z.string().optional(),
  time: z.string().refine(text => !Number.isNaN(Date.parse(text)), 'expected a time'),
  actor: z.string(),
  dirty: z.boolean(),
  result: z.enum(['begun', 'succeeded', 'failed', 'interrupted']),
  durationSeconds: z.number(),
  counts: z.looseObject({
    create: z.number(),
    update: z.number(),
    adopt: z.number(),
    replace: z.number(),
    prune: z.number(),
    switch: z.number(),
    unchanged: z.number(),
  }),
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/, 'expected the hash of a commit')
    .optional(),
  subject: z.string().optional(),
  author: z.string().optional(),
  repository: z.string().optional(),
  uncommitted: z.array(z.string()).optional(),
  only: z.array(z.string()).optional(),
  smoked: z.boolean().optional(),
  unready: z.array(z.string()).optional(),
})

const RECORD = z.array(REVISION)

function pathText(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '' : `${path.map(String).join('.')}: `
}

export interface LastRevisions {
  /** The newest apply: a deletion brings nothing of its commit. */
  lastRevision?: Revision
  /** Where it is newer than that. */
  lastDeletion?: Revision
  /** The newest apply that names a commit: one from outside git hides it from no guard. */
  lastCommitted?: Revision
  /** The repository of the newest entry that names one. */
  lastRepository?: string
}

/** What guards and readers ask of the record. */
export function lastOf(revisions: readonly Revision[]): LastRevisions {
  const applies = revisions.filter(isApply)
  const [newest] = revisions
  const [lastRevision] = applies
  const lastCommitted = applies.find(({ commit }) => commit !== undefined)
  const lastRepository = revisions.find(each => each.repository !== undefined)?.repository
  return {
    ...(lastRevision && { lastRevision }),
    ...(newest && !isApply(newest) && { lastDeletion: newest }),
    ...(lastCommitted && { lastCommitted }),
    ...(lastRepository !== undefined && { lastRepository }),
  }
}

export function isApply({ action }: Pick<Revision, 'action'>): boolean {
  return action === undefined
}
