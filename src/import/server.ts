import { isKserve, KSERVE, podSpecOf } from '../kinds/index.ts'
import {
  at,
  entries,
  formatRef,
  isMap,
  number,
  refOf,
  text,
  type JsonMap,
  type KubeObject,
} from '../object/index.ts'
import { failure } from '../problem/index.ts'
import { isCompanionImage, isServerImage } from './known-images.ts'
import { MODEL_FIELDS, SERVING_CONTAINER } from '../serving-runtime/index.ts'
import { targetsOf } from './around/services.ts'

export interface Choosing {
  workload: KubeObject
  /** Services that lead to its pods. */
  services: readonly KubeObject[]
  /** --container */
  wanted?: string | undefined
}

export interface Chosen {
  container: JsonMap
  /** As a clause; undefined where there is no choice. */
  reason?: string
}

/** The model server among the containers, by evidence; throws where there is none, or where it speaks for several. */
export function chooseServer(choosing: Choosing): Chosen {
  const pod = podSpecOf(choosing.workload)
  const containers = entries(at(pod, 'containers'))
  const model = at(pod, 'model')
  if (isKserve(choosing.workload) && isMap(model)) return { container: containerOf(model) }
  const [first, ...others] = containers
  if (first === undefined) throw withoutContainers(choosing.workload)
  if (choosing.wanted !== undefined) return named(choosing, containers, choosing.wanted)
  if (others.length === 0) return { container: first }
  if (isKserve(choosing.workload)) return { container: first, reason: KSERVES }
  const known = containers.find(({ name }) => name === 'server' || name === KSERVE.container)
  if (known !== undefined) return { container: known, reason: 'by its name' }
  return byEvidence(choosing, containers)
}

const KSERVES = 'KServe takes the first'

/** What an InferenceService changes of its serving runtime's container. */
function containerOf(model: JsonMap): JsonMap {
  const own = Object.entries(model).filter(([field]) => !MODEL_FIELDS.has(field))
  return { ...Object.fromEntries(own), name: SERVING_CONTAINER }
}

function named({ workload }: Choosing, containers: readonly JsonMap[], wanted: string): Chosen {
  const container = containers.find(({ name }) => name === wanted)
  if (container !== undefined) return { container, reason: 'as --container says' }
  throw failure('usage', `${formatRef(refOf(workload))} has no container "${wanted}"`, {
    remedy: `It has: ${containers.map(nameOf).join(', ')}.`,
  })
}

/** What tells a model server by itself; else where the Services lead, unless a readiness probe says another. */
function byEvidence(choosing: Choosing, containers: readonly JsonMap[]): Chosen {
  const candidates = containers.filter(container => !isCompanionImage(imageOf(container)))
  const [only] = candidates
  if (only !== undefined && candidates.length === 1)
    return { container: only, reason: 'the others are proxies, agents or tools' }
  const strong = votes(candidates, STRONG)
  const weak = votes(candidates, weakSigns(choosing))
  const isAsked = weak.some(({ sign }) => sign === LED_TO || sign === LISTENS)
  const decisive = strong.length > 0 ? strong : isAsked ? weak : []
  const [vote] = decisive
  if (vote !== undefined && decisive.every(({ container }) => container === vote.container))
    return {
      container: vote.container,
      reason: `it alone ${decisive.map(({ sign }) => sign).join(' and ')}`,
    }
  throw unclear(choosing, containers, [...strong, ...weak])
}

type Sign = [sign: string, speaksFor: (container: JsonMap) => boolean]

const STRONG: Sign[] = [
  ['asks for GPUs', container => extendedResources(container).length > 0],
  ['has the image of a known model server', container => isServerImage(imageOf(container))],
]

const LED_TO = 'is where the Services lead'
const LISTENS = 'declares ports for requests'

function weakSigns({ services }: Choosing): Sign[] {
  const targets = targetsOf(services)
  return [
    [LED_TO, container => targets.some(target => declares(container, target))],
    // Where Services lead, they tell.
    [LISTENS, container => targets.length === 0 && listens(container)],
    ['has a readiness probe', isAskedByRequest],
  ]
}

/** Not for its numbers alone. */
function listens(container: JsonMap): boolean {
  return entries(container['ports']).some(({ name }) => !/metrics|prom/.test(text(name) ?? ''))
}

/** A command says nothing of requests. */
function isAskedByRequest({ readinessProbe }: JsonMap): boolean {
  return isMap(readinessProbe) && readinessProbe['exec'] === undefined
}

interface Vote {
  sign: string
  container: JsonMap
}

/** A sign that several containers have says nothing. */
function votes(candidates: readonly JsonMap[], signs: readonly Sign[]): Vote[] {
  return signs.flatMap(([sign, speaksFor]) => {
    const [container, ...others] = candidates.filter(speaksFor)
    return container === undefined || others.length > 0 ? [] : [{ sign, container }]
  })
}

function extendedResources(container: JsonMap): string[] {
  return Object.keys(Object(at(container, 'resources', 'limits'))).filter(name =>
    name.includes('/'),
  )
}

export function declares(container: JsonMap, target: unknown): boolean {
  return entries(container['ports']).some(
    ({ name, containerPort }) =>
      number(containerPort) === target || (name !== undefined && name === target),
  )
}

function unclear({ workload }: Choosing, containers: readonly JsonMap[], found: readonly Vote[]) {
  const ref = formatRef(refOf(workload))
  const names = containers.map(nameOf)
  const signs = found.map(({ sign, container }) => `only ${nameOf(container)} ${sign}`)
  return failure('usage', `which container of ${ref} serves the model is not clear`, {
    object: ref,
    cause:
      signs.length === 0
        ? `It has ${names.join(', ')}, and nothing tells which of them it is.`
        : `It has ${names.join(', ')}: ${signs.join('; ')}.`,
    remedy: `Name it: ${names.map(name => `--container ${name}`).join(' or ')}. The others are kept.`,
  })
}

function withoutContainers(workload: KubeObject) {
  const ref = formatRef(refOf(workload))
  return failure('guard', `${ref} cannot be written as an endpoint: it names no container`, {
    object: ref,
    cause: 'It has neither containers nor a model format, so nothing says what serves.',
    remedy: 'Leave it to what applies it now, or write an endpoint by hand ("slipway new").',
  })
}

function imageOf(container: JsonMap): string {
  return text(container['image']) ?? ''
}

function nameOf(container: JsonMap): string {
  return text(container['name']) ?? '(unnamed)'
}
