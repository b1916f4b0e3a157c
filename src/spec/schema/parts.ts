import * as z from 'zod'
import {
  annotations,
  dnsLabel,
  dnsName,
  host,
  intOrPercent,
  labels,
  objectName,
  port,
  positiveDuration,
  rawObject,
  subPath,
  text,
  urlPath,
  optionalFields,
} from './values.ts'

/** Fields of an endpoint outside its container. */

const MODEL_URI =
  'a URI that begins with s3://, gs://, hf://, https://, oci://, hdfs://, file:// or pvc://'

const ADAPTER_NAME = 'a name of at most 50 lower case letters, digits and "-", such as sql'
const ADAPTER_URI = 'a URI that begins with oci:// or pvc://'

/** Whose schemes mean anything is a rule's to say: it depends on KServe's version and the catalogue. */
export const modelUri = z.string(MODEL_URI).regex(/^[a-z][a-z0-9+.-]*:\/\/\S+$/, MODEL_URI)

const IMAGE = 'an image reference such as registry.example.com/vllm:0.6.0'
const IMAGE_TEXT =
  /^([A-Za-z0-9][-.A-Za-z0-9]*(:\d+)?\/)?[a-z0-9]+(([._/]|__|-+)[a-z0-9]+)*(:\w[\w.-]{0,127})?(@[a-z0-9+._-]+:[a-f0-9]{32,})?$/

export const image = z.string(IMAGE).max(512, IMAGE).regex(IMAGE_TEXT, IMAGE)

/** Of an image of weights, too, which is written as a URI. */
export function isImageReference(given: string): boolean {
  return given.length <= 512 && IMAGE_TEXT.test(given)
}

const fetch = z.union(
  [
    z.literal('kserve'),
    z.literal('image'),
    z.strictObject({
      image: image.describe('Gets the URI and /mnt/models as arguments, and env and envFrom.'),
    }),
  ],
  'kserve, image or {image}',
)

const MODEL_FORMAT = 'a model format such as sklearn, or {name, version}'

const modelFormat = z.union(
  [
    text.transform(name => ({ name })),
    z.strictObject({
      name: text.describe('As a serving runtime calls it: sklearn, xgboost, huggingface, …'),
      version: z
        .string('a version in quotes such as "1"')
        .min(1, 'a version such as "1"')
        .optional()
        .describe('As a serving runtime writes it; any when left out.'),
    }),
  ],
  MODEL_FORMAT,
)

const storage = optionalFields({
  key: text.describe('The entry of the Secret storage-config; its default when left out.'),
  path: text.describe('Where the model is in that storage.'),
  parameters: z
    .record(z.string(), z.string('text'))
    .describe('What differs from that entry, such as {type: s3, bucket: models}.'),
})

const imageSource = {
  subPath: subPath.describe(
    'Only with an image as volume: the folder in it; all of it when left out.',
  ),
  pullPolicy: z
    .enum(['Always', 'IfNotPresent', 'Never'])
    .describe('Only with an image as volume: when the node pulls it.'),
}

/** LoRA adapters and the like. */
export const adapters = z.array(
  z.strictObject({
    name: z
      .string(ADAPTER_NAME)
      .max(50, ADAPTER_NAME)
      .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, ADAPTER_NAME)
      .describe('As requests name it; mounted at /mnt/adapters/NAME.'),
    uri: z
      .string(ADAPTER_URI)
      .regex(/^(oci|pvc):\/\/\S+$/, ADAPTER_URI)
      .describe('An image (oci://), or a folder of a claim (pvc://); both are mounted.'),
    ...optionalFields(imageSource).shape,
  }),
)

export const model = optionalFields({
  ref: text.describe('An entry of models.yaml.'),
  family: text.describe('Model family, e.g. llama; from the catalogue when left out.'),
  jobType: text.describe(
    'The job that made it, e.g. RAG_TUNING; from the catalogue when left out.',
  ),
  uri: modelUri.describe('Where it is stored; from the catalogue when left out.'),
  format: modelFormat.describe(
    'What a serving runtime of the catalogue serves; no image is needed then.',
  ),
  protocol: z
    .enum(['v1', 'v2', 'grpc-v1', 'grpc-v2'])
    .describe('The inference protocol; v1 when left out and no serving runtime is named.'),
  servingRuntime: dnsName.describe(
    'The serving runtime; by default chosen by format, version and protocol.',
  ),
  storage: storage.describe('Storage that KServe is set up for, instead of uri.'),
  fetch: fetch.describe(
    'Who brings it to /mnt/models before the server starts: kserve, or an init container of {image}; image mounts an oci:// URI as a volume; the server itself when left out.',
  ),
  ...imageSource,
})

export const rollout = optionalFields({
  strategy: z
    .enum(['RollingUpdate', 'Recreate'])
    .describe('Derived from replicas, GPUs and spareGpu by default.'),
  maxSurge: intOrPercent.describe('Pods above the wanted number during an update.'),
  maxUnavailable: intOrPercent.describe('Pods that may be missing during an update.'),
  spareGpu: z
    .boolean()
    .describe('Whether GPUs for one more replica are available during an update.'),
})

export const service = optionalFields({
  name: dnsLabel.describe('Its name; <endpoint>-svc when left out.'),
  port: port.describe('The port that clients use.'),
  annotations: annotations.describe('On the Service.'),
})

export const scheduling = optionalFields({
  nodeSelector: labels.describe('Labels that a node must have.'),
  tolerations: z.array(rawObject).describe('Tolerations as in a pod.'),
  affinity: rawObject.describe('Affinity as in a pod.'),
  spread: z
    .union([z.literal(false), z.enum(['zone', 'node'])], 'zone, node or false')
    .describe('Spread replicas over zones or nodes.'),
  priorityClass: dnsName.describe('The PriorityClass of the pods.'),
  schedulerName: dnsName.describe('Who chooses the node; Kubernetes when left out.'),
  runtimeClass: dnsName.describe('The RuntimeClass of the pods.'),
})

export const disruptionBudget = z.union(
  [
    z.literal(false),
    z.strictObject({
      name: objectName('<endpoint>-pdb').optional(),
      minAvailable: intOrPercent.describe('Pods that must stay.'),
    }),
    z.strictObject({
      name: objectName('<endpoint>-pdb').optional(),
      maxUnavailable: intOrPercent.describe('Pods that may be evicted at a time.'),
    }),
  ],
  '{minAvailable}, {maxUnavailable} (not both) or false',
)

export const serviceAccount = z.union(
  [
    dnsName.transform(name => ({ name })),
    optionalFields({
      name: dnsName.describe('Its name; <endpoint>-sa when it is created without one.'),
      create: z.boolean().describe('Render it with the endpoint.'),
      annotations: annotations.describe('On the ServiceAccount, such as its cloud role.'),
    }),
  ],
  'a name, or {name, create, annotations}',
)

export const metrics = optionalFields({
  path: urlPath.describe('Where the server shows them; /metrics when left out.'),
  scrape: z
    .enum(['annotations', 'ServiceMonitor'])
    .describe('How Prometheus finds them; annotations when left out.'),
  interval: positiveDuration.describe('Between two scrapes; ServiceMonitor only.'),
  labels: labels.describe('On the ServiceMonitor: what your Prometheus selects monitors by.'),
})

export const networkPolicy = optionalFields({
  name: objectName('<endpoint>-net'),
  from: z
    .array(rawObject)
    .min(1)
    .describe('Peers as in a NetworkPolicy; the pods of the namespace when left out.'),
})

export const kserve = optionalFields({
  deploymentMode: z
    .enum(['raw', 'serverless'])
    .describe('raw: standard Deployments and Services; serverless needs Knative.'),
  predictor: rawObject.describe('Anything else of spec.predictor, merged over it.'),
  transformer: rawObject.describe(
    'A component in front of the predictor, as in an InferenceService.',
  ),
  explainer: rawObject.describe(
    'A component that explains predictions, as in an InferenceService.',
  ),
  defaults: z
    .boolean()
    .describe(
      'false: only what the spec says is written, no label or setting of slipway’s, so that an adopted InferenceService’s pods go on running.',
    ),
})

export const external = z.strictObject({
  host: host.describe('Where it is served.'),
  port: port.optional().describe('Its port; service.port when left out.'),
})
