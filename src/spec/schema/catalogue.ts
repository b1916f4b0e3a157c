import * as z from 'zod'
import { image, modelUri } from './parts.ts'
import { dnsLabel, text, optionalFields } from './values.ts'

/** models.yaml and images.yaml. */

const head = {
  apiVersion: z.literal('slipway.dev/v1alpha1'),
  metadata: optionalFields({
    name: dnsLabel.describe('For people; nothing depends on it.'),
  }).optional(),
}

const modelEntry = z.strictObject({
  family: text.optional().describe('Model family, e.g. llama.'),
  jobType: text.optional().describe('The job that made it, e.g. RAG_TUNING.'),
  uri: modelUri.optional().describe('Where it is stored.'),
  status: z.enum(['approved', 'pending', 'retired']).describe('Only approved models are served.'),
  approvedBy: text.optional().describe('Who approved it.'),
  note: text.optional().describe('Why it has this status.'),
})

export const modelCatalogue = z.strictObject({
  ...head,
  kind: z.literal('ModelCatalogue'),
  spec: z.strictObject({
    models: z.record(text, modelEntry).describe('By the name that model.ref uses.'),
  }),
})

const limitSetting = z.union(
  [
    z.strictObject({ env: text.describe('The environment variable that takes it.') }),
    z.strictObject({
      arg: text.describe('The argument that takes it: --name becomes --name=VALUE.'),
    }),
  ],
  '{env: NAME} or {arg: --name}',
)

const adapterSetting = z.union(
  [
    z.strictObject({
      env: text.describe('The environment variable that takes them: NAME=PATH,NAME=PATH.'),
    }),
    z.strictObject({
      arg: text.describe('The argument before them: each follows as NAME=PATH.'),
      with: z.array(text).optional().describe('Further arguments that switch them on.'),
    }),
  ],
  '{env: NAME} or {arg: --name, with: [--switch]}',
)

const imageEntry = optionalFields({
  cpu: image.describe('Without GPUs.'),
  gpu: image.describe('With GPUs.'),
  fallback: dnsLabel.describe(
    'The serving target whose image is used when this one has none; reported.',
  ),
  limits: optionalFields({
    concurrentRequests: limitSetting.describe('Requests served at the same time.'),
    inputTokens: limitSetting.describe('Tokens in one request.'),
    outputTokens: limitSetting.describe('Tokens in one answer.'),
  }).describe('How request limits are passed to the image.'),
  adapters: adapterSetting.describe('How adapters are passed to the image.'),
})

export const imageCatalogue = z.strictObject({
  ...head,
  kind: z.literal('ImageCatalogue'),
  spec: z.strictObject({
    images: z.record(dnsLabel, imageEntry).describe('By serving target.'),
  }),
})

export type ModelCatalogue = z.output<typeof modelCatalogue>
export type ImageCatalogue = z.output<typeof imageCatalogue>
export type ModelEntry = z.output<typeof modelEntry>
export type ImageEntry = z.output<typeof imageEntry>
