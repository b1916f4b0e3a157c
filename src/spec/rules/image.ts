import { chooseImage, entryOf } from '../catalogue/image.ts'
import { imageOfUri } from '../catalogue/image-uri.ts'
import { closest } from '../../problem/index.ts'
import type { Endpoint } from '../set.ts'
import type { Finding, Rule, RuleContext } from './rule.ts'

/** R11: an image is named or stands in images.yaml for this serving target and accelerator. */
export const hasImage: Rule = (endpoint, context) => {
  const { runtime, image } = endpoint.spec
  if (runtime === 'external' || image !== undefined) return []
  if (endpoint.spec.model?.format !== undefined) return withoutRuntimeImage(endpoint)
  return {
    code: 'image-not-found',
    path: 'spec.image',
    ...whyNone(endpoint, context),
  }
}

function withoutRuntimeImage(endpoint: Endpoint): Finding | undefined {
  if (endpoint.serving === undefined) return undefined
  const message = `spec.image is missing, and the serving runtime "${endpoint.serving.runtime.name}" names none`
  const remedy = 'Set spec.image, or the image of its container.'
  return { code: 'image-not-found', path: 'spec.image', message, remedy }
}

function whyNone(
  { spec }: Endpoint,
  { catalogues: { images } }: RuleContext,
): Pick<Finding, 'message' | 'remedy'> {
  if (images === undefined) {
    return {
      message: 'spec.image is missing, and the project has no image catalogue',
      remedy: 'Set spec.image, or write images.yaml.',
    }
  }
  const { serves } = spec
  const accelerator = spec.resources.gpus > 0 ? 'gpu' : 'cpu'
  const entry = entryOf(images, serves)
  if (entry === undefined) {
    const near = closest(serves, Object.keys(images.entries))
    return {
      message: `spec.image is missing, and ${images.path} has no serving target "${serves}"`,
      remedy:
        near === undefined
          ? `Set spec.image, or add "${serves}" there.`
          : `Did you mean "${near}"?`,
    }
  }
  const fallback = entry.fallback === undefined ? '' : `, nor does its fallback "${entry.fallback}"`
  return {
    message: `spec.image is missing, and "${serves}" in ${images.path} has no ${accelerator} image${fallback}`,
    remedy: `Set spec.image, or add ${accelerator} to "${serves}" there.`,
  }
}

/** R11: a fallback that the catalogue names is used, never silently. */
export const reportsFallback: Rule = (endpoint, { catalogues }) => {
  const { runtime, serves, resources } = endpoint.spec
  if (runtime === 'external' || endpoint.originOf('spec.image')?.layer !== 'catalogue') return []
  if (endpoint.serving !== undefined) return []
  const choice = chooseImage(catalogues.images, { serves, gpus: resources.gpus })
  if (choice?.isFallback !== true) return []
  const { image, target, accelerator } = choice
  return {
    code: 'catalogue',
    level: 'warn',
    path: 'spec.serves',
    message: `"${serves}" has no ${accelerator} image in the catalogue; its fallback "${target}" gives ${image}`,
  }
}

/** Tags that are moved to newer images by habit. */
const MOVING =
  /^(latest|main|master|trunk|dev|develop|nightly|edge|stable|staging|prod|production)$/

/** Policy mutableTag: the same commit must give the same pods, and the same weights in them. */
export const imageIsPinned: Rule = (endpoint, { policies }) => {
  if (endpoint.spec.runtime === 'external') return []
  return imagesOf(endpoint).map(({ what, path, image }) => {
    const why = whyMoving(image)
    if (why === undefined) return undefined
    return {
      level: policies.mutableTag,
      code: 'policy',
      rule: 'policy-mutable-tag',
      path,
      message: `${what} ${image} ${why}, and that may become another image`,
      remedy: 'Name a version, or a digest (@sha256:…).',
    }
  })
}

interface Named {
  /** As the message begins. */
  what: string
  path: string
  image: string
}

function imagesOf({ spec }: Endpoint): Named[] {
  const { image, model, adapters = [] } = spec
  const own = image === undefined ? [] : [{ what: 'the image', path: 'spec.image', image }]
  const weights = ofUri(model?.uri).map(given => ({
    what: 'the image of weights',
    path: 'spec.model.uri',
    image: given,
  }))
  const others = adapters.flatMap(({ name, uri }, index) =>
    ofUri(uri).map(given => ({
      what: `the image of the adapter "${name}"`,
      path: `spec.adapters[${index}].uri`,
      image: given,
    })),
  )
  return [...own, ...weights, ...others]
}

function ofUri(uri: string | undefined): string[] {
  return [imageOfUri(uri) ?? []].flat()
}

function whyMoving(image: string): string | undefined {
  if (image.includes('@')) return undefined
  const tag = /:([^/:]+)$/.exec(image)?.[1]
  if (tag === undefined) return 'has no tag, which means latest'
  return MOVING.test(tag) ? `has the tag ${tag}` : undefined
}
