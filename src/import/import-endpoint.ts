import { allPatches } from './all-patches.ts'
import { at, entries, text } from '../object/index.ts'
import type { KubeObject } from '../object/index.ts'
import type { Problem } from '../problem/index.ts'
import type { EndpointDocument } from '../spec/index.ts'
import { compare } from './compare.ts'
import type { Remark } from './compare.ts'
import { lossesOf } from './outcome/losses.ts'
import { metadataOf } from './metadata.ts'
import { isScaledByOthers, withoutReplicas } from './scaled.ts'
import { chooseServer, podOf } from './server.ts'
import type { Chosen } from './server.ts'
import { servicesOf } from './services.ts'
import { unsaidOf } from './outcome/unsaid.ts'
import { specOf } from './workload.ts'
import type { LiveEndpoint } from './workload.ts'

export type Draft = Pick<EndpointDocument, 'metadata' | 'spec'>

export interface Rendered {
  /** Of this endpoint; none where its spec is not valid. */
  objects: readonly KubeObject[]
  problems: readonly Problem[]
}

export interface ImportRequest extends LiveEndpoint {
  /** --container: the model server's, where it has several. */
  container?: string | undefined
  /** Renders a document in its project, as if it were there. */
  render: (document: Draft) => Promise<Rendered>
}

export interface Imported {
  document: Draft
  rendered: Rendered
  /** Of several containers, and why that one. */
  server?: { name: string; reason: string }
  /** What patches keep, as the spec has no field for it. */
  kept: Remark[]
  /** What adopting it would change all the same. */
  remarks: Remark[]
  /** Of those, what is live and does not stay, with what to do. */
  unsaid: Problem[]
  /** What it would take from others; that its spec is not valid, and so nobody knows. */
  losses: Problem[]
}

/** The spec that renders to a live endpoint: its fields say what they can, patches the rest; what neither says is told. */
export async function importEndpoint(request: ImportRequest): Promise<Imported> {
  const { workload, related, others = [], render } = settled(request)
  const services = servicesOf(workload, [...others, ...related])
  const chosen = chooseServer({ workload, services, wanted: request.container })
  const { container } = chosen
  const spec = specOf({ workload, related, others }, container)
  const draft = { metadata: metadataOf(workload), spec }
  const plain = await render(draft)
  const live = [workload, ...related]
  const patches = allPatches({ workload, related, others, container }, plain.objects)
  const document = patches.length === 0 ? draft : { ...draft, spec: { ...spec, patches } }
  const rendered = patches.length === 0 ? plain : await render(document)
  const remarks = compare(rendered.objects, live)
  const named = plain.objects.map(object => underName(object, container['name']))
  return {
    document,
    rendered,
    ...serverOf(chosen),
    kept: without(compare(named, live), remarks),
    remarks,
    unsaid: unsaidOf(remarks),
    losses: lossesOf({ rendered, live, others }),
  }
}

/** Where an autoscaler of somebody else's decides the number of replicas, nobody else says it. */
function settled<Request extends LiveEndpoint>(request: Request): Request {
  const { workload, others = [] } = request
  return isScaledByOthers(workload, others)
    ? { ...request, workload: withoutReplicas(workload) }
    : request
}

/** The container that serves is rendered under slipway's name for it. */
function underName(object: KubeObject, name: unknown): KubeObject {
  const copy = structuredClone(object)
  const [container] = object.kind === 'Deployment' ? entries(at(podOf(copy), 'containers')) : []
  if (container !== undefined) container['name'] = name
  return copy
}

function without(remarks: readonly Remark[], others: readonly Remark[]): Remark[] {
  const known = new Set(others.map(({ object, path }) => `${object} ${path}`))
  return remarks.filter(({ object, path }) => !known.has(`${object} ${path}`))
}

function serverOf({ container, reason }: Chosen): Pick<Imported, 'server'> {
  const name = text(container['name']) ?? ''
  return reason === undefined ? {} : { server: { name, reason } }
}
