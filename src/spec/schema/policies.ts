import * as z from 'zod'
import { count, insidePath, text, optionalFields } from './values.ts'

/** An environment's policies: what an endpoint there may be. Effective values are made in ../policies.ts. */

const level = z.enum(['error', 'warn', 'off'])
const SHARE = 'a share such as 50%'

const patterns = z.array(text)
const ALLOWANCE = 'a list of patterns, {allow, level} or off'

/** `[a, b*]`, or the same with a level. */
const allowance = z.union(
  [
    z.literal('off'),
    patterns,
    z.strictObject({
      allow: patterns.describe('Patterns; * is any text within a part, ** any text.'),
      level: level.optional().describe('error when left out.'),
    }),
  ],
  ALLOWANCE,
)

const serviceAccounts = z.union(
  [
    z.literal('off'),
    patterns,
    z.strictObject({
      allow: patterns.describe('Names of ServiceAccounts.'),
      roles: patterns
        .optional()
        .describe(
          'Cloud roles in annotations, and Role/NAME or ClusterRole/NAME that a RoleBinding may give; none when left out.',
        ),
      level: level.optional().describe('error when left out.'),
    }),
  ],
  'a list of patterns, {allow, roles, level} or off',
)

const standard = z.enum(['baseline', 'restricted'])

const podSecurity = z.union(
  [
    z.literal('off'),
    standard,
    z.strictObject({
      standard: standard.describe('The Pod Security standard that pods must pass.'),
      level: level.optional().describe('error when left out.'),
    }),
  ],
  'baseline, restricted, {standard, level} or off',
)

const celRule = optionalFields({
  name: text.describe('Shown with what it finds.'),
  expression: text.describe(
    'CEL over `object`, as in a ValidatingAdmissionPolicy: true where all is well.',
  ),
  message: text.describe('The message when it is false.'),
  messageExpression: text.describe('CEL that produces the message, instead of message.'),
  match: optionalFields({
    kinds: z.array(text).min(1).describe('Kinds of objects; all when left out.'),
  }).describe('Which objects it is for.'),
  file: insidePath.describe('Instead of all these: a file of ValidatingAdmissionPolicies.'),
  level: z.enum(['error', 'warn']).describe('error when left out.'),
})

const policyMap = optionalFields({
  strict: z
    .boolean()
    .describe('Turns on every policy below that is not set, as "policies: strict" does.'),
  unapprovedModel: level.describe(
    'A model that is not approved in models.yaml; error when left out.',
  ),
  mutableTag: level.describe('An image tag that may move, such as latest; warn when left out.'),
  missingRequests: level.describe('No request for CPU or memory; warn when left out.'),
  missingProbes: level.describe(
    'The readiness or liveness probe is switched off; off when left out.',
  ),
  shortGrace: level.describe(
    'A grace period below the serving target’s default; off when left out.',
  ),
  gpuPlacement: level.describe(
    'GPUs without nodeSelector, affinity, tolerations or gpuMemory; off when left out.',
  ),
  plainSecrets: level.describe('A value that is a secret by its name or form; warn when left out.'),
  namespaces: allowance.describe('Namespaces that objects may be in.'),
  hosts: allowance.describe(
    'Hosts that objects may claim or send to; {labels.team} is a label’s value.',
  ),
  serviceAccounts: serviceAccounts.describe(
    'ServiceAccounts that pods may use, and cloud roles that annotations may name.',
  ),
  registries: allowance.describe('Registries, or repositories in them, that images may come from.'),
  podSecurity: podSecurity.describe(
    'The Pod Security standard that all pods must pass, patches included.',
  ),
  snippets: level.describe(
    'Annotations that put text into a proxy’s configuration; off when left out.',
  ),
  externalIPs: level.describe('Services with an address outside the cluster; off when left out.'),
  finalizers: level.describe(
    'Finalizers, which can block the deletion of an object forever; off when left out.',
  ),
  signedCommits: level.describe(
    'The commit that is applied has no signature that git verifies there; off when left out, also with strict.',
  ),
  cel: z.array(celRule).describe('Rules of your own, in CEL.'),
  rules: z
    .record(
      text,
      z.strictObject({
        level: z.literal('warn').describe('A finding is then a warning.'),
        reason: text.describe('Why it is tolerated here; shown with the finding.'),
      }),
    )
    .describe('Rules of the wiring check (docs/rules) that only warn here, by id.'),
  maxPrune: optionalFields({
    count: count.describe('Objects; 10 when left out.'),
    share: z
      .string(SHARE)
      .regex(/^(\d{1,2}|100)%$/, SHARE)
      .transform(share => Number(share.slice(0, -1)) / 100)
      .describe('Share of the set’s objects; 50% when left out.'),
  }).describe('How much one apply may delete without a flag.'),
})

export const policies = z.union(
  [z.literal('strict').transform((): PoliciesSpec => ({ strict: true })), policyMap],
  'strict, or a map of policies',
)

export type PoliciesSpec = z.output<typeof policyMap>
export type CelRuleSpec = z.output<typeof celRule>
