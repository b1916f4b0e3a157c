import * as z from 'zod'

/**
 * Values that several fields share: names, quantities, durations, ports.
 * Every message is a noun phrase that finishes the sentence "<field> must be …" (fields/sentences.ts).
 */

const DURATION = 'a duration such as 30s, 10m or 1h30m'
const DURATION_TEXT = /^(?=\d)(?:(\d{1,5})h)?(?:(\d{1,6})m)?(?:(\d{1,8})s)?$/

/** A duration as people write it (`90s`, `10m`, `1h30m`); becomes whole seconds. */
export const duration = z
  .string(DURATION)
  .regex(DURATION_TEXT, DURATION)
  .meta({ examples: ['30s', '10m', '1h30m'] })
  .transform(durationSeconds)

const LONGER = 'a duration longer than 0s, such as 30s, 10m or 1h30m'

/** A duration of at least one second. */
export const positiveDuration = z
  .string(DURATION)
  .regex(DURATION_TEXT, DURATION)
  .regex(/[1-9]/, LONGER)
  .meta({ examples: ['30s', '10m', '1h30m'] })
  .transform(durationSeconds)

function durationSeconds(text: string): number {
  const [, hours, minutes, seconds] = DURATION_TEXT.exec(text) ?? []
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
}

const QUANTITY = 'a quantity such as 500m, 2 or 8Gi'
const QUANTITY_TEXT = /^\d{1,15}(\.\d{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/

/** A Kubernetes quantity; numbers are accepted and become text. */
export const quantity = z
  .union(
    [
      z.number(QUANTITY).min(0, QUANTITY).max(1e15, QUANTITY).multipleOf(0.001, QUANTITY),
      z.string(QUANTITY).regex(QUANTITY_TEXT, QUANTITY),
    ],
    QUANTITY,
  )
  .meta({ examples: ['500m', '2', '8Gi'] })
  .transform(String)

const LABEL = 'a name of lower case letters, digits and "-", at most 63 long, such as my-model'

/** RFC 1123 label: the name of most objects. */
export const dnsLabel = z
  .string(LABEL)
  .max(63, LABEL)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, LABEL)

const DNS_NAME = 'a name of lower case letters, digits, "-" and ".", such as my-name'
const SUBDOMAIN = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'

/** RFC 1123 subdomain: names of Secrets, ConfigMaps, ServiceAccounts. */
export const dnsName = z
  .string(DNS_NAME)
  .max(253, DNS_NAME)
  .regex(new RegExp(`^${SUBDOMAIN}$`), DNS_NAME)

/** A name that a Deployment may have (RFC 1123 subdomain) and a label's value, too. */
export const endpointName = z
  .string(LABEL)
  .max(63, LABEL)
  .regex(new RegExp(`^${SUBDOMAIN}$`), LABEL)

const HOST = 'a host name such as api.example.com'

export const host = z
  .string(HOST)
  .max(253, HOST)
  .regex(new RegExp(`^${SUBDOMAIN}$`), HOST)

const INGRESS_HOST = 'a host name such as chat.example.com or *.example.com'
const NO_ADDRESS = `${INGRESS_HOST}: an address is no name`

/** Four numbers: Ingress and HTTPRoute go by names (ValidateIngressSpec, HTTPRoute's hostnames). */
export function isAddress(given: string): boolean {
  return ADDRESS.test(given)
}

const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/

/** A host of an Ingress rule; a wildcard is allowed as its first label. */
export const ingressHost = z
  .string(INGRESS_HOST)
  .max(253, INGRESS_HOST)
  .regex(new RegExp(`^(\\*\\.)?${SUBDOMAIN}$`), INGRESS_HOST)
  .refine(given => !isAddress(given), NO_ADDRESS)

export const port = wholeNumber({ min: 1, max: 65_535, expected: 'a port from 1 to 65535' })
export const positive = wholeNumber({ min: 1, expected: 'a whole number from 1 on' })
export const count = wholeNumber({ min: 0, expected: 'a whole number from 0 on' })
export const percent = wholeNumber({
  min: 1,
  max: 100,
  expected: 'a percentage from 1 to 100, written without "%"',
})

/** Kubernetes keeps such numbers as int32. */
export function wholeNumber(range: { min: number; max?: number; expected: string }): z.ZodInt {
  const { min, max = 2_147_483_647, expected } = range
  return z.int(expected).min(min, expected).max(max, expected)
}

export const text = z.string('text').min(1, 'text that is not empty')

/** An absolute path of a URL. */
export const urlPath = z
  .string('a path that begins with "/"')
  .regex(/^\/\S*$/, 'a path that begins with "/" and has no spaces')

/** An absolute path in a container. */
export const filePath = z
  .string('an absolute path such as /models')
  .regex(/^\/[^:]*$/, 'an absolute path such as /models, without ":"')

const BELOW = 'a path inside it, such as models/v1, without "/" at the start and without ".."'

/** Part of a volume, as mounts name it (validateLocalDescendingPath of the API server). */
export const subPath = z
  .string(BELOW)
  .min(1, BELOW)
  .regex(/^(?!\/)(?!(.*\/)?\.\.(\/|$))/, BELOW)

const COUNT_OR_SHARE = 'a number of pods or a share such as 25%'

/** A number of pods or a share of them. */
export const intOrPercent = z
  .union(
    [count, z.string(COUNT_OR_SHARE).regex(/^(\d{1,2}|100)%$/, COUNT_OR_SHARE)],
    COUNT_OR_SHARE,
  )
  .meta({ examples: [1, '25%'] })

const LABEL_NAME =
  /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/
const LABEL_TEXT = 'a label value: at most 63 letters, digits, "-", "_" and "."'

export const labels = z.record(
  z.string().regex(LABEL_NAME, 'a label name such as team or example.com/team'),
  z.string(LABEL_TEXT).regex(LABEL_VALUE, LABEL_TEXT),
)
export const annotations = z.record(
  z.string().regex(LABEL_NAME, 'an annotation name such as owner or example.com/owner'),
  z.string('text'),
)

/** Anything that Kubernetes itself will check. */
export const rawObject = z.record(z.string(), z.unknown())

const INSIDE = 'a path inside the project, such as endpoints or config/models.yaml'

export const insidePath = z.string(INSIDE).regex(/^(?!.*\.\.)[^/.][^\\]*$/, INSIDE)

/** The name of an object that an endpoint has; what ran before it came into git keeps its own. */
export const objectName = (made: string) => dnsName.describe(`Its name; ${made} when left out.`)

/** A map of which every field may be left out. */
export function optionalFields<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape).partial()
}
