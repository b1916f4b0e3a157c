import { TRACK_LABEL, slotNames } from '../../src/object/index.ts'
import type { Endpoint } from '../../src/spec/index.ts'
import type { Blueprint } from '../blueprint.ts'
import { deployment } from '../deployment.ts'
import { metadataOf, selectorOf } from '../labels.ts'
import { namesOf } from '../names.ts'
import type { Metadata } from '../plain.ts'
import { servicePortsOf } from '../pod-parts/ports.ts'
import { scrapeLabelOf } from '../scrape.ts'

/**
 * The pods of an endpoint's candidate, as they are when it is promoted, but for their number; and the Service by which requests reach
 * them. What tells them from those that serve is on the objects alone: on pods it would replace them with each promotion.
 */
export function candidateObjects(blueprint: Blueprint) {
  const candidate = candidateOf(blueprint)
  if (candidate === undefined) return []
  return [candidateDeployment(blueprint, candidate), candidateService(blueprint, candidate)]
}

/** Under KServe there is one InferenceService for both. */
function candidateOf({ endpoint, project }: Blueprint): Blueprint | undefined {
  const { candidate, spec } = endpoint
  if (candidate === undefined || spec.runtime !== 'deployment') return undefined
  return { endpoint: candidate.endpoint, project }
}

function candidateDeployment({ endpoint }: Blueprint, candidate: Blueprint) {
  const promoted = deployment(candidate)
  const replicas = endpoint.spec.canary?.replicas ?? 1
  return {
    ...promoted,
    metadata: tracked(promoted.metadata),
    spec: { ...promoted.spec, replicas },
  }
}

function candidateService({ endpoint }: Blueprint, candidate: Blueprint) {
  const { port } = endpoint.spec.service || { port: 80 }
  const metadata = tracked(metadataOf(candidate, namesOf(endpoint).canaryService))
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, labels: { ...metadata.labels, ...scrapeLabelOf(endpoint) } },
    spec: {
      type: 'ClusterIP',
      selector: selectorOf(candidate),
      ports: servicePortsOf(candidate.endpoint, port),
    },
  }
}

function tracked(metadata: Metadata): Metadata {
  return { ...metadata, labels: { ...metadata.labels, [TRACK_LABEL]: 'canary' } }
}

/**
 * The pods of an endpoint, for what must hold of all of them: those of both names where they take turns, so that neither the ones that come
 * nor the ones that go are without it.
 */
export function podLabelsOf(endpoint: Endpoint): readonly string[] {
  const { name, spec, candidate } = endpoint
  const takesTurns = candidate !== undefined || spec.slot !== undefined
  return takesTurns && spec.runtime === 'deployment'
    ? slotNames(name)
    : [namesOf(endpoint).workload]
}
