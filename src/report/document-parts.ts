import * as z from 'zod'

/** What the documents of document-schema.ts are made of. */

export const ref = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
})

const place = z.object({ file: z.string(), line: z.int(), column: z.int() })

export const problem = z.object({
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

export const diagnosis = z.object({
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

const fieldChanges = z
  .array(
    z.object({ path: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }),
  )
  .describe('Values of Secrets are fingerprints.')

const action = z.object({
  type: z.enum(['create', 'update', 'adopt', 'replace', 'prune', 'switch']),
  ref,
  endpoint: z.string(),
  changes: fieldChanges,
  reason: z.string(),
  restartsPods: z.boolean(),
  losses: z.array(z.string()).optional(),
  successor: z.string().optional().describe('The endpoint that takes its place.'),
})

export const endpointChange = z.object({
  endpoint: z.string(),
  verb: z.enum(['create', 'update', 'adopt', 'replace', 'switch', 'delete']),
  highlights: z.array(z.string()).describe('What changes, in words.'),
  impact,
  effects: z.array(z.string()).describe('The impact in words.'),
  actions: z.array(action),
})

export const counts = z.object({
  create: z.int(),
  update: z.int(),
  adopt: z.int(),
  replace: z.int(),
  prune: z.int(),
  switch: z.int(),
  unchanged: z.int(),
})

export const result = z.enum(['succeeded', 'failed', 'interrupted'])

export const fileState = {
  commit: z.string().optional().describe('Absent outside git.'),
  dirty: z.boolean().describe('With uncommitted changes.'),
}

export const revisionInfo = z.object({
  ...fileState,
  uncommitted: z
    .array(z.string())
    .optional()
    .describe('Files that are not as in the commit, the first of them.'),
  subject: z.string().optional(),
  author: z.string().optional(),
  repository: z.string().optional().describe('Host and path of the remote origin.'),
  actor: z.string().describe('Who, and where: an address of a CI run.'),
})

const commit = z.object({
  hash: z.string(),
  subject: z.string(),
  author: z.string(),
  time: z.string(),
})

export const revision = revisionInfo.extend({
  action: z
    .enum(['delete'])
    .optional()
    .describe('Endpoints were deleted on request; absent for an apply.'),
  time: z.string().describe('ISO 8601'),
  counts,
  result: z
    .enum(['begun', ...result.options])
    .describe('Begun: at work still, or killed before it could end.'),
  durationSeconds: z.number(),
  only: z.array(z.string()).optional().describe('Endpoints, where the apply was limited to some.'),
  smoked: z
    .boolean()
    .optional()
    .describe('Every endpoint that became ready has answered its smoke test.'),
  unready: z
    .array(z.string())
    .optional()
    .describe('Endpoints that did not become ready, where the apply failed.'),
  commits: z
    .array(commit)
    .optional()
    .describe('What it brought, newest first, where git knows it.'),
})

export const related = z.object({
  ref,
  endpoint: z.string(),
  reason: z.string(),
  uid: z.string().optional(),
})

export const endpointStatus = z.object({
  endpoint: z.string(),
  namespace: z.string().optional(),
  inGit: z.boolean(),
  runtime: z
    .enum(['deployment', 'kserve', 'external'])
    .optional()
    .describe('Absent when nothing serves it.'),
  state: z.enum(['ready', 'progressing', 'failed', 'absent', 'terminating']),
  message: z.string(),
  replicas: z.object({ ready: z.int(), desired: z.int() }).optional(),
  gpus: z.number().optional().describe('Of one replica.'),
  image: z.string().optional(),
  model: z.string().optional(),
  address: z.string().optional(),
  createdAt: z.string().optional().describe('ISO 8601'),
  components: z
    .array(
      z.object({
        name: z.enum(['predictor', 'transformer', 'explainer']),
        replicas: z.object({ ready: z.int(), desired: z.int() }),
        image: z.string().optional(),
      }),
    )
    .optional()
    .describe('Of an InferenceService that has more than a predictor.'),
  canary: z
    .object({
      name: z.string(),
      weight: z.number().optional(),
      replicas: z.object({ ready: z.int(), desired: z.int() }),
      image: z.string().optional(),
      model: z.string().optional(),
    })
    .optional()
    .describe('The candidate beside what serves; its weight is in percent.'),
  phases: z.array(z.object({ phase: z.string(), seconds: z.number() })).optional(),
  diagnosis: diagnosis.optional(),
  revision: z
    .object({ ...fileState, time: z.string() })
    .optional()
    .describe('Applied to it last.'),
  isUnapplied: z
    .literal(true)
    .optional()
    .describe('It runs, and no apply has taken it into the set yet.'),
  deletedBy: z
    .object({ actor: z.string(), time: z.string() })
    .optional()
    .describe('It was deleted on request, and not applied since.'),
  sync: z
    .enum(['synced', 'drifted', 'differs', 'unknown'])
    .describe('Drifted: it differs though git says what was applied last.'),
  deviations: z.array(
    z.object({
      ref,
      reason: z.string(),
      changes: fieldChanges,
      conflicts: z
        .array(z.string())
        .optional()
        .describe('Who holds fields that git says otherwise.'),
    }),
  ),
  unseen: z
    .array(z.object({ ref, reason: z.string() }))
    .describe('Objects that could not be compared with git.'),
})

const smokeCheck = z.object({
  check: z.string(),
  status: z.int().optional().describe('Absent when there was no answer.'),
  latencySeconds: z.number().optional(),
  problem: problem.optional(),
})

export const smokeResult = z.object({
  endpoint: z.string(),
  pod: z.string().optional(),
  passed: z.boolean(),
  checks: z.array(smokeCheck),
  problem: problem.optional().describe('Why nothing could be asked.'),
})

export const finding = z.object({
  check: z.string(),
  state: z.enum(['ok', 'warning', 'missing', 'not-needed', 'unseen']),
  message: z.string(),
  remedy: z.string().optional(),
})

export const setting = z.object({
  path: z.string(),
  value: z.unknown(),
  origin: z
    .object({ layer: z.string(), place: place.optional() })
    .optional()
    .describe('Absent for what is derived from others.'),
})
