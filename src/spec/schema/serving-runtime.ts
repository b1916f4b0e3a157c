import * as z from 'zod'
import { dnsName, text } from './values.ts'

/**
 * Serving runtimes and storage containers as KServe has them (serving.kserve.io/v1alpha1). What slipway goes by is checked; the rest is
 * the API server's business.
 */

const metadata = z.looseObject({
  name: dnsName,
  namespace: dnsName.optional(),
  annotations: z.record(z.string(), z.string('text')).optional(),
})

const flag = z.boolean().nullish().transform(orUndefined)
const texts = z.record(z.string(), z.string('text')).nullish().transform(orUndefined)
const container = z.looseObject({ name: text })

const supportedModelFormat = z.looseObject({
  name: text,
  version: z.string('a version in quotes such as "1"').nullish().transform(orUndefined),
  autoSelect: flag,
  priority: z.int('a whole number').nullish().transform(orUndefined),
})

export const servingRuntime = z.looseObject({
  apiVersion: z.literal('serving.kserve.io/v1alpha1'),
  kind: z.enum(['ServingRuntime', 'ClusterServingRuntime']),
  metadata,
  spec: z.looseObject({
    supportedModelFormats: z.array(supportedModelFormat).nullish().transform(orUndefined),
    protocolVersions: z.array(text).nullish().transform(orUndefined),
    disabled: flag,
    multiModel: flag,
    workerSpec: z.looseObject({}).nullish().transform(orUndefined),
    containers: z.array(container).min(1),
    labels: texts,
    annotations: texts,
  }),
})

export const storageContainer = z.looseObject({
  apiVersion: z.literal('serving.kserve.io/v1alpha1'),
  kind: z.literal('ClusterStorageContainer'),
  metadata,
  disabled: flag,
  spec: z.looseObject({
    container,
    supportedUriFormats: z.array(
      z.looseObject({ prefix: z.string().optional(), regex: z.string().optional() }),
    ),
    workloadType: z.string().optional(),
  }),
})

function orUndefined<Value>(value: Value | null | undefined): Value | undefined {
  return value ?? undefined
}
