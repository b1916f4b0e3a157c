import { allPatches, patchesAround, podBeyondFields } from './all-patches.ts'
import { KSERVE } from '../kinds/index.ts'
import { text, type JsonMap, type KubeObject } from '../object/index.ts'
import type { Problem } from '../problem/index.ts'
import { namedFor, withBelongings } from './around/belongings.ts'
import type { Completed, Draft, Render, Rendered } from './draft.ts'
import { withPatches } from './patches.ts'
import { compare, type Remark } from './compare.ts'
import { tolerating } from './outcome/tolerating.ts'
import { lossesOf } from './outcome/losses.ts'
import { asKserveWrites } from './inference-service/as-kserve-writes.ts'
import { completeInferenceService } from './inference-service/complete.ts'
import { canaryOf } from './canary/fields.ts'
import { candidateOf, liveOf } from './canary/live-candidate.ts'
import { revisionTrialOf } from './canary/revision-before.ts'
import { outsideOf } from './outcome/outside.ts'
import { refusalOf } from './outcome/refusal.ts'
import { inferenceServiceSpec } from './inference-service/spec.ts'
import { isOfNoEndpoint, metadataOf } from './metadata.ts'
import { isScaled, withoutReplicas } from './scaling/scaled.ts'
import { chooseServer, type Chosen } from './server.ts'
import { servicesOf } from './around/services.ts'
import { withoutRefused } from './without-refused.ts'
import { adviceOf } from './improve/advice.ts'
import { blockOf, withDefaults } from './improve/switched-off.ts'
import { unsaidOf, unsaidTrial } from './outcome/unsaid.ts'
import { isSlipways, specOf } from './workload.ts'
import type { LiveEndpoint } from './live.ts'

export interface ImportRequest extends LiveEndpoint {
  /** --container: the model server's, where it has several. */
  container?: string | undefined
  /** --improve: with slipway's defaults where the live object has nothing. */
  improve?: boolean | undefined
  render: Render
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

/**
 * The spec that renders to a live endpoint, with what belongs to it alone: its fields say what they can, patches the rest; what neither says is
 * told. Where what belongs to it would make the spec invalid, it stays where it is.
 */
export async function importEndpoint(request: ImportRequest): Promise<Imported> {
  const refusal = refusalOf(request.workload)
  if (refusal !== undefined) throw refusal
  const named = namedFor(request)
  const whole = await importWith(withBelongings(named))
  if (whole.losses.length === 0) return whole
  const alone = await importWith(named)
  return alone.losses.length === 0 ? alone : whole
}

async function importWith(request: ImportRequest): Promise<Imported> {
  const found = settled(request)
  const { workload, related, others = [], candidate, render } = found
  const services = servicesOf(workload, [...others, ...related])
  const chosen = chooseServer({ workload, services, wanted: request.container })
  const { container } = chosen
  const bare = draftOf(found, container)
  const improved = { ...bare, spec: withDefaults(bare.spec, bare.metadata.name) }
  const draft = request.improve === true ? improved : bare
  const plain = await render(draft)
  const live = liveOf(found)
  const { document, rendered } = await completed(
    { ...request, workload, related, others, candidate },
    { draft, plain, container },
  )
  const block =
    request.improve === true
      ? undefined
      : blockOf(document, adviceOf((await render(improved)).objects, live))
  const remarks = compare(rendered.objects, live)
  return {
    document: block === undefined ? document : { ...document, block },
    rendered,
    ...serverOf(chosen),
    kept: without(compare(plain.objects, live), remarks),
    remarks,
    unsaid: [
      ...unsaidOf(remarks),
      ...unsaidTrial(found),
      ...outsideOf({ workload, related, others }),
    ],
    losses: lossesOf({ rendered, live, others }),
  }
}

/** An InferenceService of somebody else's is taken as it is: what slipway adds would restart its pods. */
function isTakenAsItIs(workload: KubeObject): boolean {
  return workload.kind === KSERVE.kind && !isSlipways(workload)
}

function draftOf(found: LiveEndpoint, container: JsonMap): Draft {
  const { workload, related } = found
  const isTaken = isTakenAsItIs(workload)
  const specFor = isTaken ? inferenceServiceSpec : specOf
  return {
    metadata: isTaken ? metadataOf(workload, [], isOfNoEndpoint) : metadataOf(workload, related),
    spec: withoutRefused(withRevisionBefore(found, container, specFor)),
  }
}

type SpecOf = (found: LiveEndpoint, container: JsonMap) => JsonMap

/** Beside a candidate of Knative's the spec is that of what served before it, as far as that is known. */
function withRevisionBefore(found: LiveEndpoint, container: JsonMap, specFor: SpecOf): JsonMap {
  const { workload } = found
  const its = specFor(found, container)
  const trial = revisionTrialOf(found)
  if (trial?.before === undefined) return its
  const { before, weight } = trial
  const wanted = text(container['name'])
  const serving = specFor(
    { ...found, workload: before },
    chooseServer({ workload: before, services: [], wanted }).container,
  )
  return { ...serving, canary: canaryOf({ workload, weight }, { serving, its }) }
}

interface Drafted {
  draft: Draft
  /** Of the draft. */
  plain: Rendered
  container: JsonMap
}

/** With what the draft's fields cannot say. */
async function completed(
  { workload, related, others = [], candidate, improve = false, render }: ImportRequest,
  { draft, plain, container }: Drafted,
): Promise<Completed> {
  const found = { workload, related, others, candidate, container, improve }
  if (isTakenAsItIs(workload)) {
    const whole = await completeInferenceService({ workload, draft, plain, improve, render })
    const around = patchesAround(found, whole.rendered.objects)
    return tolerating(await withPatches(whole, around, render), render)
  }
  const pod = podBeyondFields(found, plain.objects)
  const full = pod === undefined ? draft : { ...draft, spec: { ...draft.spec, pod } }
  const whole = pod === undefined ? plain : await render(full)
  const patches = allPatches(found, whole.objects)
  const patched = await withPatches({ document: full, rendered: whole }, patches, render)
  return tolerating(patched, render)
}

/** With its candidate. Where an autoscaler decides the number of replicas, nobody else says it. */
function settled<Request extends LiveEndpoint>(request: Request): Request {
  const { related, others = [] } = request
  const workload = asKserveWrites(request.workload)
  const found = { ...request, workload, candidate: candidateOf(request) }
  return isScaled(workload, [...related, ...others])
    ? { ...found, workload: withoutReplicas(workload) }
    : found
}

function without(remarks: readonly Remark[], others: readonly Remark[]): Remark[] {
  const known = new Set(others.map(({ object, path }) => `${object} ${path}`))
  return remarks.filter(({ object, path }) => !known.has(`${object} ${path}`))
}

function serverOf({ container, reason }: Chosen): Pick<Imported, 'server'> {
  const name = text(container['name']) ?? ''
  return reason === undefined ? {} : { server: { name, reason } }
}
