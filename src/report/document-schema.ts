import * as z from 'zod'
import { API_VERSION } from '../object/index.ts'
import type { OutputKind } from './documents.ts'

const ref = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
})

const place = z.object({ file: z.string(), line: z.int(), column: z.int() })

const problem = z.object({
  code: z.string().describe('docs/messages.md explains each.'),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  place: place.optional(),
  object: z.string().optional().describe('Kind/namespace/name'),
  endpoint: z.string().optional(),
  rule: z.string().optional().describe('docs/rules explains each.'),
  cause: z.string().optional(),
  remedy: z.string().optional(),
})

const diagnosis = z.object({
  cause: z.string().describe('docs/diagnosis.md lists them.'),
  summary: z.string(),
  evidence: z.array(z.string()),
  remedy: z.string(),
  outlook: z.enum(['hopeless', 'unlikely', 'waiting']).optional(),
})

const impact = z.object({
  pods: z.object({
    fate: z.enum(['start', 'stay', 'restart', 'stop']),
    count: z.int().optional().describe('Absent where an autoscaler decides.'),
  }),
  downtime: z.object({ answer: z.enum(['no', 'possible', 'yes']), because: z.string().optional() }),
  spareGpus: z.number().describe('Needed during the roll-out, on top of those in use.'),
  deletes: z.array(z.string()).describe('Kinds of objects that go while the endpoint stays.'),
})

const action = z.object({
  type: z.enum(['create', 'update', 'adopt', 'replace', 'prune', 'switch']),
  ref,
  endpoint: z.string(),
  changes: z
    .array(
      z.object({ path: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }),
    )
    .describe('Values of Secrets are fingerprints.'),
  reason: z.string(),
  restartsPods: z.boolean(),
  successor: z.string().optional().describe('The endpoint that takes its place.'),
})

const endpointChange = z.object({
  endpoint: z.string(),
  verb: z.enum(['create', 'update', 'adopt', 'replace', 'switch', 'delete']),
  highlights: z.array(z.string()).describe('What changes, in words.'),
  impact,
  effects: z.array(z.string()).describe('The impact in words.'),
  actions: z.array(action),
})

const counts = z.object({
  create: z.int(),
  update: z.int(),
  adopt: z.int(),
  replace: z.int(),
  prune: z.int(),
  switch: z.int(),
  unchanged: z.int(),
})

const result = z.enum(['succeeded', 'failed', 'interrupted'])

const revisionInfo = z.object({
  commit: z.string().optional().describe('Absent outside git.'),
  subject: z.string().optional(),
  author: z.string().optional(),
  repository: z.string().optional().describe('Host and path of the remote origin.'),
  dirty: z.boolean().describe('Uncommitted changes were applied, too.'),
  actor: z.string().describe('Who, and where: an address of a CI run.'),
})

const commit = z.object({
  hash: z.string(),
  subject: z.string(),
  author: z.string(),
  time: z.string(),
})

const revision = revisionInfo.extend({
  time: z.string().describe('ISO 8601'),
  counts,
  result,
  durationSeconds: z.number(),
  only: z.array(z.string()).optional().describe('Endpoints, where the apply was limited to some.'),
  commits: z
    .array(commit)
    .optional()
    .describe('What it brought, newest first, where git knows it.'),
})

const related = z.object({
  ref,
  endpoint: z.string(),
  reason: z.string(),
  uid: z.string().optional(),
})

function document<Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) {
  return z.object({ apiVersion: z.literal(API_VERSION), kind: z.literal(kind), ...shape })
}

const DOCUMENTS: Record<OutputKind, z.ZodType> = {
  Validation: document('Validation', {
    valid: z.boolean(),
    environments: z.array(z.object({ name: z.string(), endpoints: z.int(), objects: z.int() })),
    problems: z.array(problem),
  }),
  Plan: document('Plan', {
    project: z.string(),
    environment: z.string(),
    hash: z.string().describe('For apply --plan-hash.'),
    endpoints: z.array(endpointChange),
    createNamespaces: z.array(z.string()),
    unchanged: z.array(ref),
    related: z.array(related).describe('Not in the set, left alone.'),
    problems: z.array(problem),
  }),
  Comparison: document('Comparison', {
    environment: z.string(),
    against: z.string(),
    uncommitted: z.array(z.string()).describe('Files, where the newer side is the work tree.'),
    endpoints: z.array(endpointChange),
  }),
  ApplyOutcome: document('ApplyOutcome', {
    environment: z.string(),
    revision: revisionInfo,
    result,
    counts,
    endpoints: z.record(z.string(), z.enum(['ready', 'applied', 'deleted', 'failed', 'skipped'])),
    problems: z.array(problem.extend({ diagnosis: diagnosis.optional() })),
    durationSeconds: z.number(),
  }),
  History: document('History', { revisions: z.array(revision).describe('Newest first.') }),
}

/** JSON Schema (draft 2020-12) of a document; fields may be added within one version. */
export function schemaOf(kind: OutputKind): Record<string, unknown> {
  const schema = z.toJSONSchema(DOCUMENTS[kind], { io: 'input' })
  return { ...schema, title: `slipway ${kind}` }
}

/** The document as its schema knows it: without any field that the schema lacks. Throws where it does not fit. */
export function asDocumented(kind: OutputKind, value: unknown): unknown {
  return DOCUMENTS[kind].parse(value)
}
