import { CONFIG_MAP, PROVIDERS, SECRET, providedBy } from '../../kinds/index.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Pod } from '../shapes.ts'
import type { Diagnosis } from '../verdict.ts'
import { hasHadTime } from './cause.ts'

/** Of the kubelet, for what containers and volumes take from Secrets and ConfigMaps: pkg/kubelet, pkg/volume/secret, pkg/volume/configmap. */
const MISSING =
  /(?:secrets?|configmaps?) "[^"]{1,253}" not found|couldn't find key|references non-existent/i
const NAMED = /(secret|configmap) "([^"]+)" not found/

export interface MissingReference {
  pod: Pod
  /** The kubelet's words. */
  message: string
  /** Since when it says so. */
  begun: string | undefined
}

/** Whether a Secret, ConfigMap or key is missing. It may be brought some seconds after the pod, or one of its makers is about to. */
export function isMissing(message: string): boolean {
  return MISSING.test(message)
}

/** What is about to make the Secret that the kubelet misses: `ExternalSecret chat-token`. */
export function makerOf(
  { pod: { metadata }, message }: Pick<MissingReference, 'pod' | 'message'>,
  { related }: Inquiry,
): string | undefined {
  const [, kind = '', name] = NAMED.exec(message) ?? []
  const maker = PROVIDERS.flatMap(provider => related.ofKind(provider)).find(
    object =>
      object.metadata.namespace === metadata.namespace &&
      providedBy(object).some(made => made.kind.toLowerCase() === kind && made.name === name),
  )
  return maker && `${maker.kind} ${maker.metadata.name}`
}

export function missingOutlook(
  missing: MissingReference,
  inquiry: Inquiry,
): Pick<Diagnosis, 'outlook'> {
  if (makerOf(missing, inquiry) !== undefined) return { outlook: 'waiting' }
  return hasHadTime(missing.begun, inquiry) ? { outlook: 'hopeless' } : {}
}

/** `field`: where the spec names it. */
export function missingRemedy(
  missing: Pick<MissingReference, 'pod' | 'message'>,
  inquiry: Inquiry,
  field: string,
): string | undefined {
  const { message } = missing
  const maker = makerOf(missing, inquiry)
  if (maker !== undefined) return `wait until ${maker} has made it`
  if (!isMissing(message)) return undefined
  if (/couldn't find key|non-existent (?:secret |config )?key/.test(message))
    return `add the key to that object, or correct it in ${field}`
  const [word = ''] = /\b(?:secret|configmap)\b/i.exec(message) ?? []
  const type = [SECRET, CONFIG_MAP].find(({ kind }) => kind.toLowerCase() === word.toLowerCase())
  return type && `create the ${type.kind} in the namespace, or correct its name in ${field}`
}
