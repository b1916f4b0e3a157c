import * as z from 'zod'
import { QUEUE_PRESETS } from '../queue.ts'
import {
  count,
  dnsName,
  duration,
  objectName,
  percent,
  positive,
  rawObject,
  text,
} from './values.ts'

/** How an endpoint is scaled. */

const ADDRESS = 'the URL of a Prometheus, such as http://prometheus.monitoring:9090'
const TARGET = 'a number above 0'
const AUTH_MODES = 'ways to sign in, separated by commas: apiKey, basic, tls, bearer, custom, oauth'

const queue = z.strictObject({
  preset: z
    .enum(QUEUE_PRESETS)
    .optional()
    .describe('The queue of a server of this kind, as its pods report it.'),
  prometheus: z
    .strictObject({
      serverAddress: z
        .string(ADDRESS)
        .regex(/^https?:\/\/[^\s@]+$/, ADDRESS)
        .optional()
        .describe('The Prometheus that KEDA asks; put one for all endpoints into defaults.'),
      query: text.optional().describe('PromQL with one number as its answer; instead of a preset.'),
    })
    .optional()
    .describe('Where the number of waiting requests comes from.'),
  target: z
    .number(TARGET)
    .gt(0, TARGET)
    .max(1e9, TARGET)
    .optional()
    .describe('How many may wait per replica.'),
  cooldown: duration
    .optional()
    .describe('With min 0: how long nothing waits before the last replica goes; 5m when left out.'),
  authentication: dnsName.optional().describe('The TriggerAuthentication with which KEDA asks.'),
  authModes: z
    .string(AUTH_MODES)
    // Those of KEDA (pkg/scalers/authentication).
    .regex(
      /^(apiKey|basic|tls|bearer|custom|oauth)(, ?(apiKey|basic|tls|bearer|custom|oauth))*$/,
      AUTH_MODES,
    )
    .optional()
    .describe('As KEDA names them, such as bearer; needs authentication.'),
})

export const scaling = z.strictObject({
  name: objectName('<endpoint>-hpa, <endpoint>-scaler with a queue'),
  min: count.optional().describe('Fewest replicas; 1 when left out, 0 only with a queue.'),
  max: positive.optional().describe('Most replicas.'),
  cpu: percent.optional().describe('Target average CPU utilisation in percent of the request.'),
  memory: percent
    .optional()
    .describe('Target average memory utilisation in percent of the request.'),
  queue: queue.optional().describe('Scales by what waits, with KEDA; down to 0 with min 0.'),
  metrics: z.array(rawObject).optional().describe('Further metrics as in autoscaling/v2.'),
  behavior: rawObject.optional().describe('Scaling behaviour as in autoscaling/v2.'),
})
