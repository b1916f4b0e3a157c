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
  optionalFields,
} from './values.ts'

/** How an endpoint is scaled. */

const ADDRESS = 'the URL of a Prometheus, such as http://prometheus.monitoring:9090'
const TARGET = 'a number above 0'
const AUTH_MODES = 'ways to sign in, separated by commas: apiKey, basic, tls, bearer, custom, oauth'

const queue = optionalFields({
  preset: z
    .enum(QUEUE_PRESETS)
    .describe('The queue of a server of this kind, as its pods report it.'),
  prometheus: optionalFields({
    serverAddress: z
      .string(ADDRESS)
      .regex(/^https?:\/\/[^\s@]+$/, ADDRESS)
      .describe('The Prometheus that KEDA asks; put one for all endpoints into defaults.'),
    query: text.describe('PromQL with one number as its answer; instead of a preset.'),
  }).describe('Where the number of waiting requests comes from.'),
  target: z
    .number(TARGET)
    .gt(0, TARGET)
    .max(1e9, TARGET)
    .describe('How many may wait per replica.'),
  cooldown: duration.describe(
    'With min 0: how long nothing waits before the last replica goes; 5m when left out.',
  ),
  authentication: dnsName.describe('The TriggerAuthentication with which KEDA asks.'),
  authModes: z
    .string(AUTH_MODES)
    // Those of KEDA (pkg/scalers/authentication).
    .regex(
      /^(apiKey|basic|tls|bearer|custom|oauth)(, ?(apiKey|basic|tls|bearer|custom|oauth))*$/,
      AUTH_MODES,
    )
    .describe('As KEDA names them, such as bearer; needs authentication.'),
})

export const scaling = optionalFields({
  name: objectName('<endpoint>-hpa, <endpoint>-scaler with a queue'),
  min: count.describe('Fewest replicas; 1 when left out, 0 only with a queue.'),
  max: positive.describe('Most replicas.'),
  cpu: percent.describe('Target average CPU utilisation in percent of the request.'),
  memory: percent.describe('Target average memory utilisation in percent of the request.'),
  queue: queue.describe('Scales by what waits, with KEDA; down to 0 with min 0.'),
  metrics: z.array(rawObject).describe('Further metrics as in autoscaling/v2.'),
  behavior: rawObject.describe('Scaling behaviour as in autoscaling/v2.'),
})
