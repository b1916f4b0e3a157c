import { KSERVE } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import type { InferenceService } from '../shapes.ts'
import type { View } from '../view.ts'

/**
 * The Deployments of an InferenceService's newest revisions in Knative mode, one for each component. None for a component whose newest revision
 * has no Deployment (its image was not found, say): the pods there are belong to the revision before.
 */
export function newestRevisions(service: KubeObject, related: View): KubeObject[] {
  const byComponent = Map.groupBy(related.revisionsOf(service), componentOf)
  const { components = {} } = (service as InferenceService).status ?? {}
  return [...byComponent].flatMap(([component, revisions]) => {
    const newest = revisions.toSorted((a, b) => numberOf(b) - numberOf(a)).slice(0, 1)
    const created = components[component]?.latestCreatedRevision
    const isMade = created === undefined || revisions.some(each => revisionOf(each) === created)
    return isMade ? newest : []
  })
}

/**
 * A newest revision that is not the one that was last ready, by its name. Ready is about the one before for a moment after it was made: KServe
 * writes latestReadyRevision from Knative's Service.
 */
export function awaitedRevision(service: KubeObject, related: View): string | undefined {
  const { components = {} } = (service as InferenceService).status ?? {}
  const awaited = newestRevisions(service, related).find(newest => {
    const ready = components[componentOf(newest)]?.latestReadyRevision
    return ready !== undefined && ready !== revisionOf(newest)
  })
  return awaited && revisionOf(awaited)
}

/** Of the predictor alone. */
export function newestPredictor(service: KubeObject, related: View): KubeObject | undefined {
  return newestRevisions(service, related).find(each => componentOf(each) === 'predictor')
}

/** The Deployment of a revision by its name. */
export function deploymentOfRevision(
  service: KubeObject,
  related: View,
  revision: string,
): KubeObject | undefined {
  return related.revisionsOf(service).find(each => revisionOf(each) === revision)
}

export function revisionOf({ metadata }: KubeObject): string | undefined {
  return metadata.labels?.[KSERVE.revision]
}

function componentOf({ metadata }: KubeObject): string {
  return metadata.labels?.[KSERVE.component] ?? ''
}

/** The generation of the configuration that a revision was made of. */
function numberOf({ metadata }: KubeObject): number {
  return Number(metadata.labels?.[KSERVE.revisionNumber] ?? 0)
}
