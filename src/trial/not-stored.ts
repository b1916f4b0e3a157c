import { featureGateOf, isOfKubernetes, type FeatureGate } from '../kinds/index.ts'
import { formatRef, isBlank, isMap, refOf, type JsonMap, type KubeObject } from '../object/index.ts'
import { problemWith, type Problem } from '../problem/index.ts'
import type { RenderedObject } from '../render/index.ts'
import { listOf, plural } from '../words/index.ts'
import { specFieldNamedIn } from './spec-field.ts'

export interface NotStored {
  /** Without the object. */
  text: string
  problem: Problem
}

/**
 * What a server that took the object has left out of it: fields behind a feature gate that is off are dropped without an error, and an
 * admission webhook may take others away. The first is an error, since the endpoint would run without them; the second a warning,
 * since whoever runs the cluster wants it so.
 */
export function notStored(object: KubeObject, stored: KubeObject): NotStored | undefined {
  const fields = fieldsNotStored(object, stored)
  if (fields.length === 0) return undefined
  const gates = fields.flatMap(field => featureGateOf(field) ?? [])
  const [gate] = gates
  const told = [...new Set(gate === undefined ? fields : gates.map(({ field }) => field))]
  const ref = formatRef(refOf(object))
  const more =
    told.length > MOST_TOLD ? `, and ${plural(told.length - MOST_TOLD, 'more field')}` : ''
  const text = `the API server does not store ${listOf(told.slice(0, MOST_TOLD))}${more}`
  const severity = gate === undefined ? 'warning' : 'error'
  const message = `${text} of ${ref}`
  const why = gate === undefined ? BY_ADMISSION : byGate(gate)
  return { text, problem: { code: 'not-stored', severity, message, object: ref, ...why } }
}

const MOST_TOLD = 3

/** The same, at the field of the spec that it came from. */
export function notStoredOf(rendered: RenderedObject, stored: KubeObject): NotStored | undefined {
  const { object, endpoint } = rendered
  const found = notStored(object, stored)
  if (found === undefined) return undefined
  const { text, problem } = found
  const place = endpoint.placeOf(specFieldNamedIn(rendered, text))
  return { text, problem: problemWith({ ...problem, endpoint: endpoint.name, place }) }
}

function byGate({ name, onFrom }: FeatureGate) {
  const since =
    onFrom === undefined
      ? 'off unless it is asked for'
      : `on by default only from Kubernetes 1.${onFrom}`
  return {
    cause: `Its feature gate ${name} is off; it is ${since}.`,
    remedy: `Turn ${name} on in the API server and the kubelets${onFrom === undefined ? '' : ', update Kubernetes'}, or do without the field.`,
  }
}

const BY_ADMISSION = {
  cause:
    'An admission policy or webhook takes it away, or a feature gate of the API server is off.',
  remedy:
    'Find out which (kubectl get mutatingadmissionpolicies,mutatingwebhookconfigurations), or remove the field from the endpoint.',
}

/** Paths of fields of the first that the second lacks, as plans write them; those that mean nothing may be left out by anybody. */
function fieldsNotStored(object: KubeObject, stored: KubeObject): string[] {
  if (!isOfKubernetes(object)) return []
  return missingOf(contentOf(object), stored, '')
}

/** Labels and annotations belong to many; status is written by controllers; what goes into a Secret as text is stored as data. */
function contentOf({
  apiVersion: _apiVersion,
  kind: _kind,
  metadata: _metadata,
  status: _status,
  stringData: _stringData,
  ...content
}: KubeObject): JsonMap {
  return content
}

function missingOf(wanted: unknown, found: unknown, path: string): string[] {
  if (found === undefined || found === null) return leavesOf(wanted, path)
  if (isMap(wanted) && isMap(found))
    return Object.entries(wanted).flatMap(([name, value]) =>
      // Nearly all of it is there, and what is one value has nothing in it.
      typeof value !== 'object' && (found[name] ?? undefined) !== undefined
        ? []
        : missingOf(value, found[name], path === '' ? name : `${path}.${name}`),
    )
  if (!Array.isArray(wanted) || !Array.isArray(found)) return []
  return wanted.flatMap((item, index) =>
    isMap(item) ? missingItem(item, found.filter(isMap), `${path}[${itemName(item, index)}]`) : [],
  )
}

/** By its name, where it has one; of several that it may be, the one that has most of it. */
function missingItem(item: JsonMap, found: readonly JsonMap[], path: string): string[] {
  const same = found.filter(each => item['name'] === undefined || each['name'] === item['name'])
  const [first = leavesOf(item, path)] = same
    .map(each => missingOf(item, each, path))
    .toSorted((one, other) => one.length - other.length)
  return first
}

function itemName({ name }: JsonMap, index: number): string {
  return typeof name === 'string' ? `name=${name}` : String(index)
}

/** The fields by which a gate is known are below what is missing: a volume goes with its image. */
function leavesOf(value: unknown, path: string): string[] {
  if (isNothing(value)) return []
  if (!isMap(value)) return [path]
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'name' ? [] : leavesOf(inner, `${path}.${name}`),
  )
}

function isNothing(value: unknown): boolean {
  return isMap(value) ? Object.values(value).every(isNothing) : isBlank(value)
}
