import * as z from 'zod'
import {
  containers,
  env,
  envFrom,
  limits,
  ports,
  probes,
  resources,
  shutdown,
  volume,
} from './container.ts'
import { canary, slot } from './canary.ts'
import {
  adapters,
  disruptionBudget,
  external,
  image,
  kserve,
  metrics,
  model,
  networkPolicy,
  rollout,
  scheduling,
  service,
  serviceAccount,
} from './parts.ts'
import { ingress, route } from './outside.ts'
import { scaling } from './scaling.ts'
import { patch, smokeCheck } from './checks.ts'
import {
  annotations,
  count,
  dnsLabel,
  endpointName,
  dnsName,
  labels,
  port,
  duration,
  quantity,
  rawObject,
  text,
  optionalFields,
} from './values.ts'

/** The Endpoint document: the one source of types, validation and the editor's JSON Schema. Every layer (endpoint, overlay, defaults) has the fields of `spec`. */

export const RUNTIMES = ['deployment', 'kserve', 'external'] as const

export const endpointSpec = optionalFields({
  runtime: z
    .enum(RUNTIMES)
    .describe('What serves it: a Deployment, a KServe InferenceService, or another host.'),
  serves: dnsLabel.describe(
    'Serving target (generation, rag, predict, …): picks the image and defaults.',
  ),
  model: model.describe('Which model is served.'),
  adapters: adapters.describe(
    'LoRA adapters by name, mounted beside the model; images.yaml says how they are passed to the image.',
  ),
  image: image.describe('Container image; by default from images.yaml, by serves and accelerator.'),
  imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']).describe('As in a container.'),
  imagePullSecrets: z
    .array(dnsName)
    .describe('Secrets for the registry; the lists of all layers count together.'),
  command: z.array(z.string('text')).describe('As in a container.'),
  args: z.array(z.string('text')).describe('As in a container.'),
  env,
  envFrom,
  port: port.describe(
    'The one port: container, probes, Service target, Ingress, HTTPRoute, smoke test.',
  ),
  ports,
  containerName: dnsLabel.describe(
    'Of the model server in a Deployment; server when left out. KServe has its own.',
  ),
  initContainers: containers.describe('Run one after the other before the server, as in a pod.'),
  sidecars: containers.describe(
    'Run beside the server, as in a pod; with restartPolicy Always they start before it.',
  ),
  limits: limits.describe(
    'Request limits; images.yaml says which variables or arguments pass them to the image.',
  ),
  resources: resources.describe('CPU, memory and GPUs of one replica.'),
  replicas: count.describe('A fixed number of replicas; not together with scaling.'),
  scaling: scaling.describe(
    'An autoscaler instead of fixed replicas: a HorizontalPodAutoscaler, or KEDA for a queue.',
  ),
  loadTime: duration.describe(
    'How long the model may take to load: drives startup probe, progress deadline and waiting.',
  ),
  probes: probes.describe('Health checks.'),
  shutdown: shutdown.describe('How a pod ends.'),
  rollout: rollout.describe('How pods are replaced by an update.'),
  service: z
    .union([z.literal(false), service], 'false or {name, port, annotations}')
    .describe('The Service that clients use; false for none.'),
  ingress: z
    .union([z.literal(false), ingress], 'false or {host, …}')
    .describe(
      'An address from outside; false for none. Without a host in any layer there is none.',
    ),
  route: z
    .union([z.literal(false), route], 'false or {host, gateway, …}')
    .describe(
      'An address from outside through a Gateway: an HTTPRoute; false for none. Without a host in any layer there is none.',
    ),
  canary,
  slot: slot.describe(
    'Which of its two names the pods that serve have, with runtime deployment: a is <endpoint>, b is <endpoint>-b. slipway canary promote writes it; a when left out.',
  ),
  scheduling: scheduling.describe('Which nodes the pods run on.'),
  disruptionBudget: disruptionBudget.describe(
    'A PodDisruptionBudget: {minAvailable} or {maxUnavailable}; false for none.',
  ),
  serviceAccount: serviceAccount.describe(
    'The pods’ ServiceAccount: its name, or fields to have it created.',
  ),
  podSecurity: z
    .union([z.literal('restricted'), z.literal(false)], 'restricted or false')
    .describe('Security contexts that pass Pod Security "restricted", or none.'),
  volumes: z.array(volume).describe('Volumes, merged by name.'),
  sharedMemory: z
    .union([z.literal(false), quantity], 'a quantity such as 8Gi, or false')
    .describe('Size of /dev/shm.'),
  hostNetwork: z.boolean().describe('The node’s network; policies judge it.'),
  hostIPC: z.boolean().describe('The node’s shared memory; policies judge it.'),
  pod: rawObject.describe(
    'Anything else of a pod’s spec, merged over it; the model server is container server.',
  ),
  smoke: z.array(smokeCheck).describe('Requests that must be answered after an apply.'),
  metrics: z
    .union([z.literal(false), metrics], 'false or {path, scrape, …}')
    .describe('Lets Prometheus scrape the server on spec.port; none when left out.'),
  networkPolicy: z
    .union([z.literal(false), networkPolicy], 'false or {from: […]}')
    .describe('A NetworkPolicy that lets only these peers reach spec.port; none when left out.'),
  kserve: kserve.describe('Only for runtime kserve.'),
  external: external.describe('Only for runtime external.'),
  rules: z
    .record(text, text, 'a map such as {port-probe: why it is tolerated}')
    .describe(
      'Rules of the wiring check (docs/rules) that only warn here, by id, with the reason.',
    ),
  patches: z.array(patch).describe('Changes to rendered objects; checked afterwards.'),
})

export const endpointDocument = z.strictObject({
  apiVersion: z.literal('slipway.dev/v1alpha1'),
  kind: z.literal('Endpoint'),
  metadata: z.strictObject({
    name: endpointName.describe(
      'Names every object; unique in the project. Those of a Deployment may have dots, where its Service has a name of its own.',
    ),
    namespace: dnsLabel.optional().describe('The environment’s by default.'),
    labels: labels.optional().describe('On every object.'),
    annotations: annotations.optional().describe('On every object.'),
  }),
  spec: endpointSpec,
})

/** As written in a file. */
export type EndpointDocument = z.input<typeof endpointDocument>
export type SpecInput = z.input<typeof endpointSpec>
/** One parsed layer: durations in seconds, quantities as text, shorthands expanded. */
export type SpecLayer = z.output<typeof endpointSpec>
