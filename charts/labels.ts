import { ENDPOINT_LABEL, FIELD_MANAGER, RECOMMENDED } from '../src/object/index.ts'
import { writesDefaults } from './pod-parts/as-said.ts'
import type { Blueprint } from './blueprint.ts'
import { predictorLabels, predictorSelector } from '../src/kinds/index.ts'
import { workloadName, isServerless } from '../src/spec/index.ts'
import type { Metadata } from './plain.ts'
import { scrapeAnnotationsOf } from './scrape.ts'

/** Labels of every object and pod of an endpoint; nothing here changes with a commit. */
export function labelsOf({ endpoint, project }: Blueprint): Record<string, string> {
  return {
    [RECOMMENDED.name]: endpoint.name,
    [RECOMMENDED.instance]: endpoint.name,
    [RECOMMENDED.component]: endpoint.spec.serves,
    ...(project === undefined ? {} : { [RECOMMENDED.partOf]: project }),
    [RECOMMENDED.managedBy]: FIELD_MANAGER,
    ...endpoint.labels,
    [ENDPOINT_LABEL]: endpoint.name,
  }
}

/** Of an InferenceService, which KServe copies to its pods. */
export function copiedLabelsOf(blueprint: Blueprint): Record<string, string> {
  const { endpoint } = blueprint
  return writesDefaults(endpoint) ? labelsOf(blueprint) : endpoint.labels
}

export function metadataOf(
  blueprint: Blueprint,
  name: string,
  annotations: Record<string, string> = {},
): Metadata {
  return {
    name,
    namespace: blueprint.endpoint.namespace,
    labels: labelsOf(blueprint),
    annotations: { ...blueprint.endpoint.annotations, ...annotations },
  }
}

/** Metadata of a Deployment's pods: as KServe does it, an endpoint's labels and annotations are on its pods too. Ours for slipway itself are not. */
export function podMetadataOf(blueprint: Blueprint) {
  const given = Object.entries(blueprint.endpoint.annotations)
  const own = given.filter(([name]) => !name.startsWith('slipway.dev/'))
  const annotations = { ...scrapeAnnotationsOf(blueprint.endpoint), ...Object.fromEntries(own) }
  return {
    labels: { ...labelsOf(blueprint), [ENDPOINT_LABEL]: workloadName(blueprint.endpoint) },
    annotations: Object.keys(annotations).length === 0 ? undefined : annotations,
  }
}

/**
 * What selects an endpoint's pods. A Deployment's selector is immutable, so it is one label that no
 * other setting can change; KServe's pods are selected by what KServe itself selects them by.
 */
export function selectorOf({ endpoint }: Blueprint): Record<string, string> {
  if (endpoint.spec.runtime !== 'kserve') return { [ENDPOINT_LABEL]: workloadName(endpoint) }
  return isServerless(endpoint) ? predictorLabels(endpoint.name) : predictorSelector(endpoint.name)
}
