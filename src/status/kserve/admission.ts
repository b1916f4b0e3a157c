import { predictorDeployment, servingContainer, staleField, specWrittenAt } from './predictor.ts'
import { isKnative } from './knative.ts'
import { newestPredictor } from './revisions.ts'
import type { Inquiry } from '../inquiry.ts'
import type { KubeObject } from '../../object/index.ts'
import type { Container, InferenceService, Predictor, Workload } from '../shapes.ts'
import { between, isLater, isNew } from '../times.ts'
import { eventTime } from '../view.ts'

/** What an admission policy or webhook made of an image that KServe wrote. */
export interface RewrittenImage {
  /** In the predictor: `containers[0].image`. */
  path: string
  wanted: string
  live: string
}

/** KServe brings a change to its Deployment within milliseconds, and times are cut to seconds. */
const SETTLE_SECONDS = 2

/**
 * A change of its scale, say, leaves the Deployment untouched. Who takes our write is KServe's own webhook, which is in the process of its
 * controller: it runs, and has brought what there was to bring.
 */
const UNTOUCHED_SECONDS = 60

/**
 * Images of a predictor that admission led to another registry or pinned to a digest. They count only where KServe has
 * brought our write to the Deployment: until then, the image of the version before may look alike.
 */
export function rewrittenImages(inquiry: Inquiry): RewrittenImage[] {
  const { object, desired = object } = inquiry
  const deployment = predictorDeployment(inquiry)
  if (deployment === undefined || !isBrought(deployment, inquiry)) return []
  return otherImages(desired, deployment)
}

function otherImages(desired: KubeObject, deployment: KubeObject): RewrittenImage[] {
  const { containers = [] } = (deployment as Workload).spec?.template?.spec ?? {}
  const { predictor = {} } = (desired as InferenceService).spec ?? {}
  return imagesOf(predictor).flatMap(({ path, wanted, name }) => {
    const live = containers.find(each => each.name === name)?.image
    if (live === undefined || live === wanted || !isRewritten(live, wanted)) return []
    return { path, wanted, live }
  })
}

/** Where the Deployment, or Knative's newest revision, is not yet what KServe was asked for, but for images that were rewritten. */
export function unbrought(inquiry: Inquiry): string | undefined {
  const { object, desired = object, related } = inquiry
  const newest = isKnative(object) ? newestPredictor(object, related) : undefined
  // Knative itself writes digests for tags, and no other revision gets this one's pods.
  if (newest !== undefined)
    return staleField(withImages(desired, otherImages(desired, newest)), newest)
  const deployment = predictorDeployment(inquiry)
  if (deployment === undefined) return undefined
  return staleField(withImages(desired, rewrittenImages(inquiry)), deployment)
}

/** Since our write, as far as seconds tell; or there was nothing to write, and KServe had the time to complain. */
function isBrought(deployment: KubeObject, { object, related, since, now }: Inquiry): boolean {
  const last = specWrittenAt(deployment)
  const waited = (between(since, now) ?? 0) / 1000
  if (since === undefined || isLater(last, since)) return true
  if (isNew(last, since)) return waited >= SETTLE_SECONDS
  const hasComplained = related
    .eventsOf(object)
    .some(event => event.type === 'Warning' && isNew(eventTime(event), since))
  return waited >= UNTOUCHED_SECONDS && !hasComplained
}

interface Wanted {
  path: string
  name: string
  wanted: string
}

function imagesOf({ containers = [], model }: Predictor): Wanted[] {
  const own = containers.map((container, index) => ({
    path: `containers[${index}].image`,
    name: servingContainer(containers, container),
    wanted: container.image,
  }))
  const ofModel = { path: 'model.image', name: servingContainer([]), wanted: model?.image }
  return [...own, ofModel].flatMap(({ wanted, ...each }) =>
    wanted === undefined ? [] : { ...each, wanted },
  )
}

/** The same name at its end, and the same version: the tag, or a digest in its place. */
function isRewritten(live: string, wanted: string): boolean {
  const [is, asked] = [partsOf(live), partsOf(wanted)]
  if (is.name !== asked.name) return false
  if (asked.digest !== undefined) return is.digest === asked.digest
  const isPinned = is.digest !== undefined && is.tag === undefined
  return isPinned || (is.tag ?? 'latest') === (asked.tag ?? 'latest')
}

/** `mirror.example.com/team/chat:v2@sha256:…`: chat, v2 and the digest. */
function partsOf(image: string): { name: string; tag?: string; digest?: string } {
  const [reference = '', digest] = image.split('@')
  const last = reference.slice(reference.lastIndexOf('/') + 1)
  const [name = '', tag] = last.split(':')
  return { name, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) }
}

function withImages(service: KubeObject, images: readonly RewrittenImage[]): KubeObject {
  if (images.length === 0) return service
  const { spec = {} } = service as InferenceService
  const { containers = [], model, ...predictor } = spec.predictor ?? {}
  const imageAt = (path: string) => images.find(each => each.path === path)?.live
  const own = containers.map((container, index) =>
    withImage(container, imageAt(`containers[${index}].image`)),
  )
  const changed = {
    ...predictor,
    ...(own.length > 0 && { containers: own }),
    ...(model !== undefined && { model: withImage(model, imageAt('model.image')) }),
  }
  return { ...service, spec: { ...spec, predictor: changed } }
}

function withImage<T extends Partial<Container>>(container: T, image: string | undefined): T {
  return image === undefined ? container : { ...container, image }
}
