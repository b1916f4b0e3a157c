import { withoutSkip } from '../../foreign/index.ts'
import { isRuntime } from '../../kinds/index.ts'
import { at, equalValues, isTracked, keyOf, refOf } from '../../object/index.ts'
import { failure, type Place } from '../../problem/index.ts'
import { checkNames, loadProject } from '../../project/index.ts'
import { withFile, type Endpoint, type Source } from '../../spec/index.ts'
import { shortCommit } from '../../words/index.ts'
import { effectsOf, renderEverywhere, type Renders } from '../effects.ts'
import { rollbackBy, type Rollback, type RollbackRequest } from '../rollback.ts'
import type { GateQuestion } from './gate.ts'
import { byHand, promoted, withoutCanary, withWeight } from './edit-text.ts'

export type CanaryStep = { type: 'check' } | ChangingStep

/** Those that make a commit. */
export type ChangingStep = { type: 'promote' } | { type: 'abort' } | { type: 'weight'; to: number }

export interface CanaryRequest extends Pick<
  RollbackRequest,
  'repository' | 'directory' | 'choice'
> {
  /** Of the endpoint. */
  name: string
  step: ChangingStep
}

export interface PlannedCanary extends Rollback {
  /** What is to be asked before the candidate gets more of the requests; absent where nothing is. */
  gate?: GateQuestion
}

/** The commit that takes the canary of an endpoint a step further, as git has it now; what is not committed is not looked at. */
export async function planCanary(request: CanaryRequest): Promise<PlannedCanary> {
  const { repository, directory, choice, name, step } = request
  const now = await repository.sourceAt('HEAD', directory)
  const { endpoint, place } = await canaryAt(request, now)
  const before = await renderEverywhere(request, now)
  const slot = slotAfter(before, { endpoint, place })
  const file = { path: place.file, text: await editedText(step, { now, place, slot }) }
  const after = await renderEverywhere(request, withFile(now, file))
  if (step.type === 'promote') refuseOtherPods(before, after, { name, place })
  const { hash } = await repository.head()
  const found = {
    environment: choice.environment,
    headline: headlineOf(name, step),
    commits: [],
    files: [place.file],
    message: withoutSkip(messageOf(name, step, endpoint)),
    branch: `slipway/canary-${step.type}-${name}-${shortCommit(hash)}`,
    effects: effectsOf(before, after),
    warnings: [],
  }
  return {
    ...rollbackBy(found, () => repository.edit({ ...file, message: found.message })),
    ...(isMore(step, endpoint) ? gateOf(endpoint) : {}),
  }
}

/** The gate of an endpoint's canary as git has it; throws SlipwayError where there is none. */
export async function canaryGate(request: Omit<CanaryRequest, 'step'>): Promise<GateQuestion> {
  const now = await request.repository.sourceAt('HEAD', request.directory)
  const { endpoint } = await canaryAt(request, now)
  const { gate } = gateOf(endpoint)
  if (gate !== undefined) return gate
  throw failure('usage', `the canary of ${request.name} has no gate`, {
    remedy: 'Write spec.canary.gate (docs/canary.md), and commit it.',
  })
}

function gateOf(endpoint: Endpoint): { gate?: GateQuestion } {
  const { gate } = endpoint.spec.canary ?? {}
  if (gate === undefined) return {}
  const place = endpoint.placeOf('spec.canary.gate')
  return { gate: { gate, endpoint: endpoint.name, place } }
}

/** Fewer requests need no leave. */
function isMore(step: ChangingStep, { spec }: Endpoint): boolean {
  if (step.type === 'abort') return false
  return step.type === 'promote' || step.to > (spec.canary?.weight ?? 0)
}

async function canaryAt({ directory, choice, name }: Omit<CanaryRequest, 'step'>, source: Source) {
  const { project } = await loadProject({ directory, choice, source })
  const { endpoints } = project.set
  checkNames(
    [name],
    endpoints.map(each => each.name),
  )
  const endpoint = endpoints.find(each => each.name === name)
  const place = endpoint?.candidate?.places[0]
  if (endpoint === undefined || place === undefined) {
    throw failure('usage', `${name} has no canary in ${project.set.environment.name}`, {
      remedy: 'Start one: write spec.canary (docs/canary.md), and commit it.',
    })
  }
  return { endpoint, place }
}

/** Which of the two names serves after a promotion; undefined where pods have but one wherever this canary is, as under KServe. */
function slotAfter(
  before: Renders,
  { endpoint: { name, candidate }, place }: { endpoint: Endpoint; place: Place },
): Slot {
  const takesTurns = [...before.values()]
    .flatMap(objects => objects ?? [])
    .filter(({ endpoint: { spec } }) => spec.runtime === 'deployment')
    .some(
      ({ endpoint: each }) => each.name === name && equalValues(each.candidate?.places[0], place),
    )
  return takesTurns ? candidate?.endpoint.spec.slot : undefined
}

type Slot = Endpoint['spec']['slot']

interface Found {
  now: Source
  place: Place
  slot: Slot
}

async function editedText(step: ChangingStep, { now, place, slot }: Found): Promise<string> {
  const bytes = await now.read(place.file)
  if (bytes === undefined) throw byHand(place)
  const edited = { text: new TextDecoder().decode(bytes), place }
  if (step.type === 'weight') return withWeight(edited, step.to)
  if (step.type === 'abort') return withoutCanary(edited)
  return promoted(edited, slot)
}

/** What is promoted are the candidate's pods, as they are: an edit that would make others is none. */
function refuseOtherPods(
  before: Renders,
  after: Renders,
  { name, place }: { name: string; place: Place },
): void {
  for (const [environment, objects = []] of before) {
    const candidates = objects.filter(
      ({ endpoint, object }) => endpoint.name === name && isRuntime(object) && isTracked(object),
    )
    for (const { object } of candidates) {
      const key = keyOf(refOf(object))
      const promotedTo = after.get(environment)?.find(each => keyOf(refOf(each.object)) === key)
      const [was, is] = [object, promotedTo?.object].map(each => at(each, 'spec', 'template'))
      if (!equalValues(was, is)) throw byHand(place)
    }
  }
}

function headlineOf(name: string, step: ChangingStep): string {
  if (step.type === 'promote') return `The canary of ${name} is promoted`
  if (step.type === 'abort') return `The canary of ${name} is given up`
  return `The canary of ${name} gets ${step.to} % of the requests`
}

function messageOf(name: string, step: ChangingStep, { spec, candidate }: Endpoint): string {
  if (step.type === 'weight')
    return `Give the canary of ${name} ${step.to} % of the requests\n\nUntil now ${spec.canary?.weight} %.`
  const image = candidate?.endpoint.spec.image
  const what = image === undefined ? '' : `\n\nImage ${image}.`
  return step.type === 'promote'
    ? `Promote the canary of ${name}${what}`
    : `Give up the canary of ${name}${what}`
}
