import { HTTP_ROUTE, KSERVE, isOf } from '../kinds/index.ts'
import { ENDPOINT_LABEL, RECOMMENDED, type KubeObject } from '../object/index.ts'
import type { EndpointDocument } from '../spec/index.ts'
import { endpointNameOf } from './canary/slots.ts'
import { isKubectl } from './comparable.ts'
import { some } from './read.ts'

/** The endpoint's metadata: what is slipway's, kubectl's or KServe's is left out. */
export function metadataOf(
  workload: KubeObject,
  related: readonly KubeObject[],
  isLeftOut: (annotation: string) => boolean = isForeign,
): EndpointDocument['metadata'] {
  const { namespace, labels = {}, annotations = {} } = workload.metadata
  const hasRoute = related.some(object => isOf(object, HTTP_ROUTE))
  return {
    name: endpointNameOf(workload),
    ...(namespace === undefined ? {} : { namespace }),
    ...ownEntries(
      'labels',
      labels,
      label => isSlipwaysOwn(label) || isMark(label) || (hasRoute && isVisibility(label)),
    ),
    ...ownEntries('annotations', annotations, isLeftOut),
  }
}
/** Slipway's own on an InferenceService with a route. */
function isVisibility(name: string): boolean {
  return name === KSERVE.visibility || name === KSERVE.knativeVisibility
}

function ownEntries(
  field: 'labels' | 'annotations',
  entries: Record<string, string>,
  isLeftOut: (name: string) => boolean,
): Partial<Record<'labels' | 'annotations', Record<string, string>>> {
  const kept = Object.entries(entries).filter(([name]) => !isLeftOut(name))
  return some(Object.fromEntries(kept)) === undefined ? {} : { [field]: Object.fromEntries(kept) }
}

const RECOMMENDED_LABELS: readonly string[] = Object.values(RECOMMENDED)

/** Labels that slipway sets on every object of an endpoint. */
export function isSlipwaysOwn(name: string): boolean {
  return name === ENDPOINT_LABEL || RECOMMENDED_LABELS.includes(name) || isSlipways(name)
}

/** Written by kubectl, by controllers and by slipway itself. */
function isForeign(name: string): boolean {
  return (
    isKubectl(name) || isSlipways(name) || isMark(name) || name.startsWith('serving.kserve.io/')
  )
}

/** What asks something of KServe stays, but for what has a field, and what its webhook notes. */
export function isOfNoEndpoint(name: string): boolean {
  return isWrittenByKserve(name) || (isForeign(name) && !name.startsWith('serving.kserve.io/'))
}

/** In today's spelling, whatever was there. */
export function isWrittenByKserve(name: string): boolean {
  return name === KSERVE.deploymentMode || name === 'modelFormat'
}

/**
 * By which other managers know their own: an object with one belongs to them. What a team asks of such a manager, as a sync wave, is
 * the team's, and no mark.
 */
export function isMark(name: string): boolean {
  return MARKS.some(mark => mark.test(name))
}

const MARKS = [
  /^meta\.helm\.sh\//,
  // util/argo/argo.go and common/common.go of Argo CD.
  /^argocd\.argoproj\.io\/(instance|tracking-id|installation-id)$/,
  // pkg/kapp/resources/identity_annotation.go and labeled_app.go of kapp.
  /^kapp\.k14s\.io\/(app|association|identity|original|original-diff-md5)$/,
  // kustomize-controller and helm-controller: ownerLabels and the post-renderer's labels.
  /^(kustomize|helm)\.toolkit\.fluxcd\.io\/(name|namespace|checksum)$/,
]

/** `slipway.dev/prune` is the user's. */
function isSlipways(name: string): boolean {
  return /^(slipway\.dev|applyset\.kubernetes\.io)\//.test(name) && name !== 'slipway.dev/prune'
}
