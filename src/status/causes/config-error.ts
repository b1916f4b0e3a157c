import { PROVIDERS, providedBy } from '../../kinds/index.ts'
import { containersOf, containerText, placeText } from '../containers.ts'
import type { Pod } from '../shapes.ts'
import type { View } from '../view.ts'
import { cleaned } from '../wording.ts'
import type { PodCause } from './cause.ts'

/** The kubelet says so while its own cache is behind; it gets over it. */
const TRANSIENT = /failed to sync \w+ cache/

/** The container cannot be configured: a Secret, ConfigMap or key is missing, or its user is not allowed. */
export const configError: PodCause = (pod, { related }) => {
  const container = containersOf(pod).find(
    ({ status }) => status.state?.waiting?.reason === 'CreateContainerConfigError',
  )
  const message = cleaned(container?.status.state?.waiting?.message)
  if (container === undefined || TRANSIENT.test(message)) return undefined
  const maker = makerOf(message, pod, related)
  return {
    cause: 'config-error',
    summary: `${containerText(container)} of pod ${pod.metadata.name} cannot be configured: ${message}`,
    evidence: [`${placeText(container)} waiting: CreateContainerConfigError: ${message}`],
    remedy: maker === undefined ? remedyFor(message) : `wait until ${maker} has made it`,
    outlook: maker === undefined ? 'hopeless' : 'waiting',
  }
}

/** What is about to make the Secret that the kubelet misses: `ExternalSecret chat-token`. */
function makerOf(message: string, { metadata }: Pod, related: View): string | undefined {
  const [, kind = '', name] = /(secret|configmap) "([^"]+)" not found/.exec(message) ?? []
  const maker = PROVIDERS.flatMap(provider => related.ofKind(provider.kind)).find(
    object =>
      object.metadata.namespace === metadata.namespace &&
      providedBy(object).some(made => made.kind.toLowerCase() === kind && made.name === name),
  )
  return maker && `${maker.kind} ${maker.metadata.name}`
}

function remedyFor(message: string): string {
  if (/runAsNonRoot/.test(message))
    return 'use an image with a numeric user other than root, or set podSecurity: false'
  if (/key/.test(message)) return 'add the key to that object, or correct it in spec.env'
  if (/secret/i.test(message))
    return 'create the Secret in the namespace, or correct its name in spec.env'
  if (/configmap/i.test(message))
    return 'create the ConfigMap in the namespace, or correct its name in spec.env'
  return 'correct what the message names'
}
