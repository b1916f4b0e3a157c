import * as z from 'zod'
import { endpointSpec } from './endpoint.ts'
import { count, dnsLabel, labels, text } from './values.ts'

/** slipway.yaml: the project, its environments and their policies. */

const level = z.enum(['error', 'warn', 'off'])
const SHARE = 'a share such as 50%'
const VERSION = 'a version such as 0.16.0'

const policies = z.strictObject({
  unapprovedModel: level
    .optional()
    .describe('A model that is not approved in models.yaml; error when left out.'),
  mutableTag: level
    .optional()
    .describe('An image tag that may move, such as latest; warn when left out.'),
  missingRequests: level.optional().describe('No request for CPU or memory; warn when left out.'),
  missingProbes: level
    .optional()
    .describe('The readiness or liveness probe is switched off; off when left out.'),
  shortGrace: level
    .optional()
    .describe('A grace period below the serving target’s default; off when left out.'),
  gpuPlacement: level
    .optional()
    .describe('GPUs without nodeSelector, affinity, tolerations or gpuMemory; off when left out.'),
  rules: z
    .record(
      text,
      z.strictObject({
        level: z.literal('warn').describe('A finding is then a warning.'),
        reason: text.describe('Why it is tolerated here; shown with the finding.'),
      }),
    )
    .optional()
    .describe('Rules of the wiring check (docs/rules) that only warn here, by id.'),
  maxPrune: z
    .strictObject({
      count: count.optional().describe('Objects; 10 when left out.'),
      share: z
        .string(SHARE)
        .regex(/^(\d{1,2}|100)%$/, SHARE)
        .transform(share => Number(share.slice(0, -1)) / 100)
        .optional()
        .describe('Share of the set’s objects; 50% when left out.'),
    })
    .optional()
    .describe('How much one apply may delete without being told so.'),
})

const INSIDE = 'a path inside the project, such as endpoints or config/models.yaml'
const insidePath = z.string(INSIDE).regex(/^(?!.*\.\.)[^/.][^\\]*$/, INSIDE)

const oneOrMore = z.union([text, z.array(text).min(1)], 'a name or a list of names')

const match = z.strictObject({
  name: oneOrMore.optional().describe('Names of endpoints.'),
  serves: oneOrMore.optional().describe('Serving targets.'),
  labels: labels.optional().describe('Labels of the endpoint, all of them.'),
})

export const overlayEntry = endpointSpec.extend({
  match: match.optional().describe('Which endpoints; all when left out.'),
})

export const environment = z.strictObject({
  context: text.optional().describe('kubeconfig context; the current one when left out.'),
  namespace: dnsLabel
    .optional()
    .describe('For endpoints that name none, and for the set’s own record; else spec.namespace.'),
  createNamespace: z.boolean().optional().describe('Create namespaces that do not exist.'),
  runtime: z
    .enum(['deployment', 'kserve'])
    .optional()
    .describe('Forces the runtime of every endpoint that is not external.'),
  kserve: z
    .strictObject({
      version: z
        .string(VERSION)
        .regex(/^\d+\.\d+(\.\d+)?$/, VERSION)
        .optional()
        .describe('KServe version in the cluster; 0.16.0 when left out.'),
    })
    .optional()
    .describe('KServe as it is installed there.'),
  policies: policies.optional().describe('How strict to be there.'),
  overlay: z
    .array(overlayEntry)
    .optional()
    .describe('Fields of a spec, for all endpoints or those that match; later entries win.'),
})

export const projectDocument = z.strictObject({
  apiVersion: z.literal('slipway.dev/v1alpha1'),
  kind: z.literal('Project'),
  metadata: z.strictObject({ name: dnsLabel.describe('Names the set in the cluster.') }),
  spec: z.strictObject({
    endpoints: insidePath
      .optional()
      .describe('Folder of the endpoints; "endpoints" when left out.'),
    namespace: dnsLabel.optional().describe('For environments that name none.'),
    defaultEnvironment: dnsLabel.optional().describe('Where -e is left out.'),
    catalogues: z
      .strictObject({
        models: insidePath.optional().describe('models.yaml when left out and there is one.'),
        images: insidePath.optional().describe('images.yaml when left out and there is one.'),
      })
      .optional()
      .describe('Files of the catalogues.'),
    defaults: endpointSpec.optional().describe('Fields of a spec, for every endpoint.'),
    servingTargets: z
      .record(dnsLabel, endpointSpec)
      .optional()
      .describe('Fields of a spec, by serving target.'),
    environments: z
      .record(dnsLabel, environment)
      .describe('Where the project is applied, by name.'),
  }),
})

export type ProjectDocument = z.input<typeof projectDocument>
export type Project = z.output<typeof projectDocument>
export type EnvironmentSpec = z.output<typeof environment>
export type OverlayEntry = z.output<typeof overlayEntry>
