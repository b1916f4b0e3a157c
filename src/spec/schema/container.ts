import * as z from 'zod'
import {
  count,
  dnsLabel,
  dnsName,
  duration,
  filePath,
  positive,
  positiveDuration,
  quantity,
  text,
  urlPath,
} from './values.ts'

/** Fields of the model server's container. */

const ENV_NAME = 'a variable name such as LOG_LEVEL'
const envName = z.string().regex(/^[A-Za-z_][-.A-Za-z0-9_]*$/, ENV_NAME)
const keyRef = {
  key: text.describe('The key in it.'),
  optional: z.boolean().optional().describe('Start without it when it is missing.'),
}

const ENV_VALUE = 'a text or number, {secret, key}, {configMap, key} or {field}'

/** Numbers and booleans arrive here as written in the file (layers/env-text.ts). */
const envValue = z.union(
  [
    z.union([z.string(), z.number(), z.boolean()]).transform(String),
    z.strictObject({ secret: dnsName.describe('From this Secret.'), ...keyRef }),
    z.strictObject({ configMap: dnsName.describe('From this ConfigMap.'), ...keyRef }),
    z.strictObject({ field: text.describe('A field of the pod, such as metadata.name.') }),
  ],
  ENV_VALUE,
)

export const env = z
  .record(envName, envValue, 'a map such as {LOG_LEVEL: info}')
  .describe('Environment variables: a value, or {secret, key}, {configMap, key} or {field}.')

const envSource = {
  prefix: z.string().optional().describe('Put before every name.'),
  optional: z.boolean().optional().describe('Start without it when it is missing.'),
}

export const envFrom = z
  .array(
    z.union(
      [
        z.strictObject({ secret: dnsName.describe('The Secret.'), ...envSource }),
        z.strictObject({ configMap: dnsName.describe('The ConfigMap.'), ...envSource }),
      ],
      '{secret} or {configMap}',
    ),
  )
  .describe('Whole Secrets or ConfigMaps as environment variables.')

const REQUEST_AND_LIMIT = 'a quantity such as 4 or 8Gi, or {request, limit}'

/** `4` means request and limit alike. */
const requestAndLimit = z.union(
  [
    quantity.transform(value => ({ request: value, limit: value })),
    z.strictObject({
      request: quantity
        .optional()
        .describe('What the scheduler reserves; the limit when left out.'),
      limit: quantity.optional().describe('What it may use at most.'),
    }),
  ],
  REQUEST_AND_LIMIT,
)

export const resources = z.strictObject({
  cpu: requestAndLimit.optional().describe('CPU: one quantity for request and limit, or both.'),
  memory: requestAndLimit
    .optional()
    .describe('Memory: one quantity for request and limit, or both.'),
  ephemeralStorage: requestAndLimit.optional().describe('Local disk, in the same way.'),
  gpus: count.optional().describe('GPUs per replica.'),
  gpuMemory: quantity
    .optional()
    .describe('Memory that each GPU must have; chooses nodes. Needs gpus.'),
  gpuResource: text.optional().describe('The extended resource that a GPU is requested by.'),
})

const probe = z.strictObject({
  path: urlPath.optional().describe('Else probes.path.'),
  initialDelay: duration.optional().describe('From the start of the container to the first probe.'),
  period: positiveDuration.optional().describe('Between two probes.'),
  timeout: positiveDuration.optional().describe('How long an answer may take.'),
  failures: positive.optional().describe('Failures in a row before the probe counts as failed.'),
})

const probeOrNone = z.union([z.literal(false), probe], 'false or fields of a probe')

export const probes = z.strictObject({
  path: urlPath.optional().describe('The path of all probes that do not name their own.'),
  readiness: probeOrNone.optional().describe('When the pod gets requests; false for none.'),
  liveness: probeOrNone.optional().describe('When the container is restarted; false for none.'),
  startup: probeOrNone
    .optional()
    .describe('Follows from loadTime; give it only to differ; false for none.'),
})

const preStop = z.union(
  [
    z.strictObject({ sleep: duration.describe('Only wait.') }),
    z.strictObject({ http: urlPath.describe('GET this path on spec.port.') }),
    z.strictObject({
      exec: z.array(text).min(1).describe('Run this command.'),
      time: duration.optional().describe('How long the command takes at most.'),
    }),
    z.literal(false),
  ],
  '{sleep: 15s}, {http: /path}, {exec: [command]} or false',
)

export const shutdown = z.strictObject({
  gracePeriod: duration.optional().describe('From SIGTERM (preStop included) to SIGKILL.'),
  preStop: preStop
    .optional()
    .describe('What happens before SIGTERM: {sleep}, {http}, {exec} or false.'),
})

const volumeBase = {
  name: dnsLabel.describe('Unique in the pod.'),
  mountPath: filePath.describe('Where it is mounted.'),
  subPath: text.optional().describe('Only this path of the volume.'),
  readOnly: z.boolean().optional().describe('Not to be written.'),
}

export const volume = z.union(
  [
    z.strictObject({ ...volumeBase, pvc: dnsName.describe('A PersistentVolumeClaim.') }),
    z.strictObject({ ...volumeBase, secret: dnsName.describe('A Secret.') }),
    z.strictObject({ ...volumeBase, configMap: dnsName.describe('A ConfigMap.') }),
    z.strictObject({
      ...volumeBase,
      emptyDir: z
        .strictObject({
          medium: z.enum(['Memory']).optional().describe('In memory; else on disk.'),
          sizeLimit: quantity.optional().describe('How much it may hold.'),
        })
        .describe('Scratch space that ends with the pod.'),
    }),
  ],
  '{name, mountPath} with one of pvc, secret, configMap or emptyDir',
)

/** How many requests, and how large, the server takes; images.yaml says how an image is told. */
export const limits = z.strictObject({
  concurrentRequests: positive.optional().describe('Requests served at the same time.'),
  inputTokens: positive.optional().describe('Tokens in one request.'),
  outputTokens: positive.optional().describe('Tokens in one answer.'),
})
