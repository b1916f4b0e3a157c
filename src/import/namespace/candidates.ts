import { isRuntime, waveOf } from '../../kinds/index.ts'
import { APPLYSET, compareText, isTracked, type KubeObject } from '../../object/index.ts'
import { endpointNameOf } from '../canary/slots.ts'

/** A workload of a namespace, and why it cannot become an endpoint, if it cannot. */
export interface Candidate {
  workload: KubeObject
  reason?: string
}

interface Choosing {
  live: readonly KubeObject[]
  /** Only of this kind. */
  only?: string | undefined
  /** The project's set. */
  setId: string
}

/** What runs pods of its own in a namespace, by name; what a controller made is its controller's. */
export function candidatesOf({ live, only, setId }: Choosing): Candidate[] {
  return live
    .filter(object => waveOf(object) === 'workload' && !isMade(object))
    .filter(({ kind }) => only === undefined || kind === only)
    .toSorted(inOrder)
    .map((workload, index, all) => candidateOf(workload, all.slice(0, index), setId))
}

/** By a controller. */
export function isMade({ metadata: { ownerReferences = [] } }: KubeObject): boolean {
  return ownerReferences.some(({ controller }) => controller === true)
}

/** An InferenceService before a Deployment of its name, as kinds stand in the alphabet backwards. */
function inOrder(a: KubeObject, b: KubeObject): number {
  return compareText(a.metadata.name, b.metadata.name) || compareText(b.kind, a.kind)
}

function candidateOf(
  workload: KubeObject,
  before: readonly KubeObject[],
  setId: string,
): Candidate {
  const reason = isRuntime(workload)
    ? (reasonOfSet(workload, setId) ?? reasonOfTrack(workload) ?? reasonOfName(workload, before))
    : `a ${workload.kind} cannot be an endpoint: slipway runs models as Deployments and InferenceServices. ` +
      'It may be an object of your own beside one, or stay as it is'
  return reason === undefined ? { workload } : { workload, reason }
}

function reasonOfSet({ metadata }: KubeObject, setId: string): string | undefined {
  const set = metadata.labels?.[APPLYSET.partOf]
  if (set === undefined || set === setId) return undefined
  return `it belongs to another set (${APPLYSET.partOf}: ${set})`
}

function reasonOfTrack(workload: KubeObject): string | undefined {
  if (!isTracked(workload)) return undefined
  return `it is the candidate of ${endpointNameOf(workload)}, and comes with it`
}

function reasonOfName(
  { metadata: { name } }: KubeObject,
  before: readonly KubeObject[],
): string | undefined {
  const other = before.find(each => isRuntime(each) && each.metadata.name === name)
  if (other === undefined) return undefined
  return `an endpoint is named by its workload, and ${other.kind}/${name} has the name, too`
}
