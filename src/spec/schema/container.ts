import * as z from 'zod'
import { VOLUME_KINDS } from '../volume-kinds.ts'
import {
  count,
  dnsLabel,
  dnsName,
  duration,
  filePath,
  positive,
  port,
  positiveDuration,
  quantity,
  rawObject,
  subPath,
  text,
  urlPath,
  optionalFields,
} from './values.ts'

/** Fields of the model server's container. */

const ENV_NAME = 'a variable name such as LOG_LEVEL'
/** Kubernetes itself takes more of them since 1.34. */
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
  prefix: z.string().optional().describe('Prefix of every name.'),
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
    optionalFields({
      request: quantity.describe('What the scheduler reserves; the limit when left out.'),
      limit: quantity.describe('What it may use at most.'),
    }),
  ],
  REQUEST_AND_LIMIT,
)

export const resources = optionalFields({
  cpu: requestAndLimit.describe('CPU: one quantity for request and limit, or both.'),
  memory: requestAndLimit.describe('Memory: one quantity for request and limit, or both.'),
  ephemeralStorage: requestAndLimit.describe('Local disk, in the same way.'),
  gpus: count.describe('GPUs per replica.'),
  gpuMemory: quantity.describe('Memory that each GPU must have; chooses nodes. Needs gpus.'),
  gpuResource: text.describe('The extended resource that a GPU is requested by.'),
})

const GRPC = 'true, or {service}'
const handler = {
  port: z
    .union([port, text], 'a port from 1 to 65535, or the name of one')
    .describe('By number or name; spec.port when left out.'),
  scheme: z.enum(['HTTP', 'HTTPS']).describe('Of a request; HTTP when left out.'),
  headers: z.record(text, z.string()).describe('Of a request.'),
  grpc: z
    .union(
      [z.literal(true), optionalFields({ service: text.describe('The service asked about.') })],
      GRPC,
    )
    .describe('Uses the gRPC health protocol instead of an HTTP request: true, or {service}.'),
  tcp: z.literal(true).describe('Checks only that the port accepts connections.'),
  exec: z.array(z.string('text')).min(1).describe('A command in the container.'),
}

const ONE_WAY = 'asked in one way: by path, grpc, tcp or exec'

const probe = optionalFields({
  path: urlPath.describe('Its path; that of probes.path by default.'),
  ...handler,
  initialDelay: duration.describe('From the start of the container to the first probe.'),
  period: positiveDuration.describe('Between two probes.'),
  timeout: positiveDuration.describe('How long an answer may take.'),
  failures: positive.describe('Consecutive failures before the probe counts as failed.'),
  successes: positive.describe(
    'Consecutive successes before it counts as passed; 1 when left out.',
  ),
}).refine(given => waysOf(given) < 2, ONE_WAY)

function waysOf(given: Readonly<Record<string, unknown>>): number {
  return ['path', 'grpc', 'tcp', 'exec'].filter(way => given[way] !== undefined).length
}

const probeOrNone = z.union([z.literal(false), probe], 'false or fields of a probe')

export const probes = optionalFields({
  path: urlPath.describe('The path of all probes that do not name their own.'),
  ...handler,
  readiness: probeOrNone.describe('Decides whether the pod gets requests; false for none.'),
  liveness: probeOrNone.describe('Decides whether the container is restarted; false for none.'),
  startup: probeOrNone.describe('Derived from loadTime; set it only to differ; false for none.'),
})

const preStop = z.union(
  [
    z.strictObject({ sleep: duration.describe('Only wait.') }),
    z.strictObject({ http: urlPath.describe('GET this path on spec.port.') }),
    z.strictObject({
      exec: z.array(text).min(1).describe('Run this command.'),
      time: duration.optional().describe('How long the command may take.'),
    }),
    z.literal(false),
  ],
  '{sleep: 15s}, {http: /path}, {exec: [command]} or false',
)

export const shutdown = optionalFields({
  gracePeriod: duration.describe('From SIGTERM (preStop included) to SIGKILL.'),
  preStop: preStop.describe('What happens before SIGTERM: {sleep}, {http}, {exec} or false.'),
})

const volumeBase = {
  name: dnsLabel.describe('Unique in the pod.'),
  mountPath: filePath
    .optional()
    .describe('Where the model server mounts it; when left out, only other containers do.'),
  subPath: subPath.optional().describe('Only this path of the volume.'),
  readOnly: z.boolean().optional().describe('Mounted read-only.'),
}

export const volume = z.union(
  [
    z.strictObject({ ...volumeBase, pvc: dnsName.describe('A PersistentVolumeClaim.') }),
    z.strictObject({ ...volumeBase, secret: dnsName.describe('A Secret.') }),
    z.strictObject({ ...volumeBase, configMap: dnsName.describe('A ConfigMap.') }),
    z.strictObject({
      ...volumeBase,
      emptyDir: optionalFields({
        medium: z.enum(['Memory']).describe('In memory instead of on disk.'),
        sizeLimit: quantity.describe('How much it may hold.'),
      }).describe('Scratch space that ends with the pod.'),
    }),
    ...VOLUME_KINDS.map(volumeOf),
  ],
  '{name, mountPath} with one of pvc, secret, configMap, emptyDir or another kind as in a pod, such as nfs or csi',
)

export interface NamedPort {
  port: number
  service?: number | false | undefined
  protocol?: 'TCP' | 'UDP' | 'SCTP' | undefined
  appProtocol?: string | undefined
}

const CONTAINERS = 'a list of containers as in a pod'

/** What the API server checks but for the name, by which layers and patches find it. */
export const containers = z.array(
  z.looseObject({
    name: dnsLabel.describe('Unique in the pod.'),
    image: text.describe('Its image.'),
  }),
  CONTAINERS,
)

const PORT_NAME = 'a name of lower case letters, digits and "-", at most 15 long, such as grpc'

/** IANA_SVC_NAME, as ports of containers have it. */
const portName = z
  .string(PORT_NAME)
  .max(15, PORT_NAME)
  .regex(/^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/, PORT_NAME)

export const ports = z
  .record(
    portName,
    z.union(
      [
        port.transform((number): NamedPort => ({ port: number })),
        z.strictObject({
          port: port.describe('In the container.'),
          service: z
            .union([z.literal(false), port], 'a port from 1 to 65535, or false')
            .optional()
            .describe('Of the Service; the same when left out, none for false.'),
          protocol: z.enum(['TCP', 'UDP', 'SCTP']).optional().describe('TCP when left out.'),
          appProtocol: text.optional().describe('As in a Service, such as kubernetes.io/h2c.'),
        }),
      ],
      'a port from 1 to 65535, or {port, service, protocol, appProtocol}',
    ),
  )
  .describe('Further ports by name, such as {grpc: 9000}; the number of spec.port names that one.')

type Kind = (typeof VOLUME_KINDS)[number]
type VolumeOf<K extends Kind> = K extends Kind
  ? z.ZodObject<typeof volumeBase & Record<K, typeof rawObject>, z.core.$strict>
  : never

function volumeOf(kind: Kind): VolumeOf<Kind> {
  const source = { [kind]: rawObject.describe('As in a pod.') }
  // A computed key has no type of its own.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return z.strictObject({ ...volumeBase, ...source }) as unknown as VolumeOf<Kind>
}

/** How many requests, and how large, the server takes; images.yaml says how they are passed to the image. */
export const limits = optionalFields({
  concurrentRequests: positive.describe('Requests served at the same time.'),
  inputTokens: positive.describe('Tokens in one request.'),
  outputTokens: positive.describe('Tokens in one answer.'),
})
