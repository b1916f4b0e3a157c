import * as z from 'zod'
import {
  containers,
  env,
  envFrom,
  limits,
  probes,
  resources,
  shutdown,
  volume,
} from './container.ts'
import { adapters, image, model, scheduling } from './parts.ts'
import { dnsName, duration, positive, quantity, rawObject, text, wholeNumber } from './values.ts'

/** A candidate beside what serves, and how much of the traffic it gets. */

const SHARE = 'a whole number from 0 to 100, a percentage written without "%"'
const HEADER = 'the name of a header, such as x-canary'

/** What may differ in the candidate: fields of a spec that are about its pods and nothing else. */
const POD_FIELDS = {
  image,
  imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']),
  imagePullSecrets: z.array(dnsName),
  model,
  adapters,
  command: z.array(z.string('text')),
  args: z.array(z.string('text')),
  env,
  envFrom,
  limits,
  resources,
  loadTime: duration,
  probes,
  shutdown,
  initContainers: containers,
  sidecars: containers,
  volumes: z.array(volume),
  sharedMemory: z.union([z.literal(false), quantity], 'a quantity such as 8Gi, or false'),
  scheduling,
  pod: rawObject,
}

const HEADERS = 'a map with at least one header and at most 16'
const ONE_NAME = 'a map whose headers differ in more than upper and lower case'

/** As HTTPHeaderMatch of HTTPRoute v1 has them; of names that are equal but for case, a gateway takes the first alone. */
const match = z.strictObject({
  headers: z
    .record(
      z.string().regex(/^[A-Za-z0-9!#$%&'*+\-.^_\x60|~]{1,256}$/, HEADER),
      text.max(4096, 'text of at most 4096 characters'),
    )
    .refine(headers => countIn(headers) > 0 && countIn(headers) <= 16, HEADERS)
    .refine(headers => countIn(headers) === new Set(Object.keys(headers).map(lower)).size, ONE_NAME)
    .describe('Requests that have all of them, with exactly these values, go to the candidate.'),
})

function countIn(headers: object): number {
  return Object.keys(headers).length
}

function lower(name: string): string {
  return name.toLowerCase()
}

const ADDRESS = 'the URL of a Prometheus, such as http://prometheus.monitoring:9090'

const gate = z.strictObject({
  prometheus: z
    .strictObject({
      serverAddress: z
        .string(ADDRESS)
        .regex(/^https?:\/\/[^\s@]+$/, ADDRESS)
        .describe('Where slipway asks, from where the command runs.'),
      query: text.describe('PromQL with one number as its answer.'),
    })
    .describe('Who is asked what.'),
  max: z.number('a number').optional().describe('The gate is closed above it.'),
  min: z.number('a number').optional().describe('The gate is closed below it.'),
})

export const canary = z
  .strictObject({
    weight: wholeNumber({ min: 0, max: 100, expected: SHARE }).describe(
      'Percentage of the requests that the candidate gets; 0 for none, 100 for all of them.',
    ),
    replicas: positive.optional().describe('Pods of the candidate; 1 when left out.'),
    match: match
      .optional()
      .describe('Requests that go to the candidate whatever the weight, such as those of testers.'),
    gate: gate
      .optional()
      .describe('Asked by slipway canary check, and before a greater weight or a promotion.'),
    ...z.strictObject(POD_FIELDS).partial().shape,
  })
  .describe(
    'A candidate beside what serves: everything about pods that is to differ, such as image or model, and its share.',
  )

/** What is of the candidate. */
export const CANDIDATE_FIELDS: readonly string[] = Object.keys(POD_FIELDS)

/** What is of the trial, and not of the candidate. */
export const TRIAL_FIELDS: ReadonlySet<string> = new Set(['weight', 'replicas', 'match', 'gate'])

export const SLOTS = ['a', 'b'] as const
export type Slot = (typeof SLOTS)[number]

export const slot = z.enum(SLOTS)
