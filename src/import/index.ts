import { ENDPOINT_LABEL, RECOMMENDED } from '../object/index.ts'
import type { EndpointDocument } from '../spec/index.ts'
import { isKubectl } from './related.ts'
import { some } from './read.ts'
import { specOf } from './workload.ts'
import type { LiveEndpoint } from './workload.ts'

export { compare } from './compare.ts'
export type { Remark } from './compare.ts'
export { relatedRefs } from './refs.ts'
export type { LiveEndpoint } from './workload.ts'

/** The spec that renders to a live endpoint, as far as a spec can say it; `compare` tells the rest. */
export function importEndpoint(live: LiveEndpoint): Pick<EndpointDocument, 'metadata' | 'spec'> {
  const { name, namespace, labels = {}, annotations = {} } = live.workload.metadata
  const metadata = {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...ownEntries('labels', labels, isOurLabel),
    ...ownEntries('annotations', annotations, isForeign),
  }
  return { metadata, spec: specOf(live) }
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

function isOurLabel(name: string): boolean {
  return name === ENDPOINT_LABEL || RECOMMENDED_LABELS.includes(name) || isSlipways(name)
}

/** Written by kubectl, by controllers and by slipway itself. */
function isForeign(name: string): boolean {
  return isKubectl(name) || isSlipways(name) || name.startsWith('serving.kserve.io/')
}

/** `slipway.dev/prune` is the user's. */
function isSlipways(name: string): boolean {
  return /^(slipway\.dev|applyset\.kubernetes\.io)\//.test(name) && name !== 'slipway.dev/prune'
}
