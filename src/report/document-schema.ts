import * as z from 'zod'
import { API_VERSION } from '../object/index.ts'
import {
  counts,
  diagnosis,
  endpointChange,
  endpointStatus,
  fileState,
  finding,
  problem,
  ref,
  related,
  result,
  revision,
  revisionInfo,
  setting,
  smokeResult,
} from './document-parts.ts'

function document<Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) {
  return z.object({ apiVersion: z.literal(API_VERSION), kind: z.literal(kind), ...shape })
}

const status = document('Status', {
  environment: z.string(),
  lastRevision: revision.omit({ commits: true }).optional().describe('The newest apply.'),
  lastDeletion: revision
    .omit({ commits: true })
    .optional()
    .describe('Where endpoints were deleted on request after that.'),
  git: z.object(fileState).optional().describe('Of the files here; absent outside git.'),
  endpoints: z.array(endpointStatus),
  problems: z.array(problem).describe('Why there may be more than is shown.'),
})

/** What a command prints is built as the type of its schema (documents.ts), so that the two cannot differ. */
export const DOCUMENTS = {
  Validation: document('Validation', {
    valid: z.boolean(),
    environments: z.array(z.object({ name: z.string(), endpoints: z.int(), objects: z.int() })),
    problems: z.array(problem),
  }),
  Explanation: document('Explanation', {
    endpoints: z.array(z.object({ endpoint: z.string(), rows: z.array(setting) })),
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
    base: z
      .enum(['found', 'absent', 'broken'])
      .describe(
        'The older side. Absent: it has no such project or environment yet, so everything is new.',
      ),
    uncommitted: z.array(z.string()).describe('Files, where the newer side is the work tree.'),
    problems: z.array(problem).describe('Why the older side is broken.'),
    endpoints: z.array(endpointChange),
  }),
  ApplyOutcome: document('ApplyOutcome', {
    environment: z.string(),
    revision: revisionInfo,
    deletion: z
      .object({ inGit: z.array(z.string()) })
      .optional()
      .describe('Of slipway delete: deleted endpoints that the next apply creates again.'),
    result,
    counts,
    endpoints: z.record(
      z.string(),
      z.enum(['ready', 'applied', 'deleted', 'failed', 'unfinished', 'skipped']),
    ),
    problems: z.array(problem.extend({ diagnosis: diagnosis.optional() })),
    durationSeconds: z.number(),
  }),
  Status: status,
  FleetStatus: document('FleetStatus', {
    project: z.string(),
    environments: z.array(
      z.object({
        environment: z.string(),
        context: z.string().optional().describe('The current one when absent.'),
        isKnown: z.boolean().describe('False where it could not be read.'),
        gpus: z.number().optional().describe('Of all replicas that are asked for.'),
        status: status.optional(),
        problems: z.array(problem).describe('Why it could not be read.'),
      }),
    ),
  }),
  SmokeReport: document('SmokeReport', {
    environment: z.string(),
    passed: z.boolean(),
    endpoints: z.array(smokeResult),
  }),
  DoctorReport: document('DoctorReport', {
    environment: z.string(),
    server: z.string(),
    healthy: z.boolean(),
    findings: z.array(finding),
  }),
  Environments: document('Environments', {
    environments: z.array(
      z.object({
        name: z.string(),
        namespace: z.string().optional(),
        context: z.string().optional().describe('The current one when absent.'),
        pipeline: z.boolean().describe('Whether pipelines apply it.'),
        groups: z.array(z.string()).optional().describe('Those that it is in; -e takes them, too.'),
      }),
    ),
  }),
  Import: document('Import', {
    namespace: z.string(),
    objects: z.array(
      z.object({
        kind: z.string(),
        name: z.string(),
        state: z.enum(['as it is', 'with changes', 'not at all', 'in git already']),
        file: z.string().optional().describe('That was written.'),
        reasons: z
          .array(z.string())
          .describe('What would change, or why nothing is written; first things first.'),
      }),
    ),
  }),
  History: document('History', { revisions: z.array(revision).describe('Newest first.') }),
}

export type OutputKind = keyof typeof DOCUMENTS

/** JSON Schema (draft 2020-12) of a document; fields may be added within one version. */
export function schemaOf(kind: OutputKind): Record<string, unknown> {
  const schema = z.toJSONSchema(DOCUMENTS[kind], { io: 'input' })
  return { ...schema, title: `slipway ${kind}` }
}
