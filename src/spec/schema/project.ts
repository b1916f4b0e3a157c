import * as z from 'zod'
import { endpointSpec } from './endpoint.ts'
import { policies } from './policies.ts'
import { dnsLabel, insidePath, labels, text, optionalFields } from './values.ts'

/** slipway.yaml: the project, its environments and their policies. */

const VERSION = 'a version such as 0.16.0'
const KUBERNETES_VERSION = 'a version in quotes such as "1.36"'

const oneOrMore = z.union([text, z.array(text).min(1)], 'a name or a list of names')

const match = optionalFields({
  name: oneOrMore.describe('Names of endpoints.'),
  serves: oneOrMore.describe('Serving targets.'),
  labels: labels.describe('Labels of the endpoint, all of them.'),
})

export const overlayEntry = endpointSpec.extend({
  match: match.optional().describe('Which endpoints; all when left out.'),
})

export const environment = optionalFields({
  context: text.describe('kubeconfig context; the current one when left out.'),
  namespace: dnsLabel.describe(
    'For endpoints that name none, and for the set’s own record; else spec.namespace.',
  ),
  createNamespace: z.boolean().describe('Create namespaces that do not exist.'),
  runtime: z
    .enum(['deployment', 'kserve'])
    .describe('Forces the runtime of every endpoint that is not external.'),
  kserve: optionalFields({
    version: z
      .string(VERSION)
      .regex(/^\d+\.\d+(\.\d+)?$/, VERSION)
      .describe('KServe version in the cluster; 0.20.0 when left out.'),
  }).describe('KServe as it is installed there.'),
  kubernetes: optionalFields({
    version: z
      .string(KUBERNETES_VERSION)
      .regex(/^1\.\d{1,3}(\.\d+)?$/, KUBERNETES_VERSION)
      .describe('Kubernetes version of the cluster; unknown when left out.'),
  }).describe('Kubernetes there: what it does not support is refused offline.'),
  nodePools: z
    .array(
      z.strictObject({
        name: dnsLabel.describe('What messages call these nodes.'),
        resources: z
          .record(text, z.int().positive())
          .describe('Extended resources of one node, such as {nvidia.com/gpu: 8}.'),
      }),
    )
    .describe('Kinds of nodes there; an endpoint that fits none of them is refused.'),
  pipeline: z
    .boolean()
    .describe('Whether workflows and pipelines apply this environment; true when left out.'),
  policies: policies.describe('How strict to be there.'),
  overlay: z
    .array(overlayEntry)
    .describe('Fields of a spec, for all endpoints or those that match; later entries win.'),
})

export const projectDocument = z.strictObject({
  apiVersion: z.literal('slipway.dev/v1alpha1'),
  kind: z.literal('Project'),
  metadata: z.strictObject({ name: dnsLabel.describe('Name of the set in the cluster.') }),
  spec: z.strictObject({
    endpoints: insidePath
      .optional()
      .describe('Folder of the endpoints; "endpoints" when left out.'),
    namespace: dnsLabel.optional().describe('For environments that name none.'),
    defaultEnvironment: dnsLabel.optional().describe('Used when -e is not given.'),
    catalogues: optionalFields({
      models: insidePath.describe('models.yaml when left out and there is one.'),
      images: insidePath.describe('images.yaml when left out and there is one.'),
      servingRuntimes: insidePath.describe(
        'Folder of serving runtimes as KServe has them; serving-runtimes when left out and there is one.',
      ),
    })
      .optional()
      .describe('The catalogues.'),
    defaults: endpointSpec.optional().describe('Fields of a spec, for every endpoint.'),
    servingTargets: z
      .record(dnsLabel, endpointSpec)
      .optional()
      .describe('Fields of a spec, by serving target.'),
    environments: z
      .record(dnsLabel, environment)
      .describe('Where the project is applied, by name.'),
    groups: z
      .record(dnsLabel, z.array(dnsLabel).min(1))
      .optional()
      .describe('Names for groups of environments, for -e; an apply takes them in this order.'),
  }),
})

export type ProjectDocument = z.input<typeof projectDocument>
export type Project = z.output<typeof projectDocument>
export type EnvironmentSpec = z.output<typeof environment>
export type OverlayEntry = z.output<typeof overlayEntry>
