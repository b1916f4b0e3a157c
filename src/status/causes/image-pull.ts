import { containersOf, isAdded, placeText, type PodContainer } from '../containers.ts'
import type { Inquiry } from '../inquiry.ts'
import { STORAGE_INITIALIZER, isModelcar } from '../phases.ts'
import type { Pod } from '../shapes.ts'
import type { Diagnosis } from '../verdict.ts'
import { eventCount, eventText } from '../view.ts'
import { cleaned } from '../wording.ts'
import type { PodCause } from './cause.ts'
import { pullProblem, type PullProblem } from './pull-problem.ts'
import { imageText, pulledImage } from './pulled-image.ts'
import { listOf, plural } from '../../words/index.ts'

const REASONS = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
])

/** The image cannot be pulled: why not, and whether trying again can help. */
export const imagePull: PodCause = (pod, inquiry) => {
  const container = containersOf(pod).find(({ status }) =>
    REASONS.has(status.state?.waiting?.reason ?? ''),
  )
  if (container === undefined) return undefined
  const { reason = '', message } = container.status.state?.waiting ?? {}
  const pulled = pulledImage(container, [message ?? '', ...failedPullTexts(container, inquiry)])
  const { reference: image } = pulled
  const failures = failedPulls({ pod, image }, inquiry)
  const problem = pullProblem({ reason, image, texts: [message ?? '', ...failures.texts] })
  return {
    cause: pulled.volume === undefined ? 'image-pull' : 'weights-pull',
    summary: `${imageText(pulled)} cannot be pulled: ${problem.text}`,
    evidence: [
      `${placeText(container)} waiting: ${reason}: ${cleaned(message, 500)}`,
      ...failures.texts.slice(-1).map(text => `event: ${cleaned(text, 500)}`),
      ...(problem.isRefusal ? [secretsText(pod)] : []),
      ...(failures.count > 1 ? [plural(failures.count, 'failed pull')] : []),
    ],
    remedy: addedRemedy(container, problem, inquiry) ?? remedyFor(problem, pod),
    ...outlookOf({ reason, problem, failures: failures.count }),
  }
}

/** The endpoint does not name the image of a container that was added to its pods. */
function addedRemedy(
  container: PodContainer,
  { isFinal }: PullProblem,
  inquiry: Inquiry,
): string | undefined {
  const { name } = container
  if (isFinal === undefined || !isAdded(container, inquiry)) return undefined
  if (isModelcar(name))
    return 'correct the image that model.uri names (oci://…), and check that it has been pushed'
  if (name === STORAGE_INITIALIZER)
    return 'correct image of storageInitializer in the ConfigMap inferenceservice-config of KServe (kubectl -n kserve edit configmap inferenceservice-config), or of the ClusterStorageContainer that fetches it, and bring the image to that registry'
  return `container ${name} was added to the pod on its way (by an injector, such as of a service mesh): correct its image there`
}

/** A pod that has pull secrets does not lack one: what is in them is wrong. */
function remedyFor({ remedy, isRefusal }: PullProblem, { spec }: Pod): string {
  const names = (spec?.imagePullSecrets ?? []).flatMap(({ name }) => name ?? [])
  if (!isRefusal || names.length === 0) return remedy
  return `check that Secret ${listOf(names)} (imagePullSecrets) is in the namespace, is for this registry and the right account, and is not expired`
}

/** ImagePullBackOff comes after a definite answer; a refused pull may be mended by a token that is being renewed. */
function outlookOf(pull: {
  reason: string
  problem: PullProblem
  failures: number
}): Pick<Diagnosis, 'outlook'> {
  const { reason, problem, failures } = pull
  const isRepeated = reason === 'ImagePullBackOff' || failures > 1
  const isHopeless =
    problem.isFinal === 'at once' ||
    (problem.isFinal === 'when repeated' && isRepeated) ||
    (problem.isRefusal === true && failures >= 3)
  return isHopeless ? { outlook: 'hopeless' } : {}
}

/** Older kubelets give the registry's answer only in events; the waiting message says just "Back-off pulling image". */
function failedPulls(
  { pod, image }: { pod: Pod; image: string },
  { related }: Inquiry,
): { texts: string[]; count: number } {
  const failed = related.eventsOf(pod).filter(event => {
    const text = eventText(event)
    return text.startsWith('Failed to pull image') && text.includes(`"${image}"`)
  })
  return {
    texts: failed.map(eventText),
    count: failed.reduce((sum, event) => sum + eventCount(event), 0),
  }
}

/** Events name the container where they are about one. */
function failedPullTexts({ pod }: PodContainer, { related }: Inquiry): string[] {
  const texts = related.eventsOf(pod).map(eventText)
  return texts.filter(text => text.startsWith('Failed to pull image'))
}

function secretsText(pod: Pod): string {
  const names = (pod.spec?.imagePullSecrets ?? []).map(({ name }) => name)
  return names.length === 0
    ? 'the pod has no imagePullSecrets'
    : `the pod uses imagePullSecrets ${names.join(', ')}`
}
