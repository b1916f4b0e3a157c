import { isServerless } from '../../spec/index.ts'
import {
  DEPLOYMENT,
  HORIZONTAL_POD_AUTOSCALER,
  INGRESS,
  SERVICE,
  isKserve,
  predictorName,
  type Type,
} from '../../kinds/index.ts'
import { keyOf, refOf, type ObjectRef } from '../../object/index.ts'
import type { Rendering } from '../rendered.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'

interface Claim {
  rendering: Rendering
  ref: ObjectRef
}

/** No two endpoints claim one object, KServe's own children counted: it takes over what has their name (K10). */
export const nameClash: Rule = {
  id: 'name-clash',
  find: view => {
    const claims = view.all.flatMap(rendering => [
      { rendering, ref: refOf(rendering.object) },
      ...childrenOf(rendering).map(ref => ({ rendering, ref })),
    ])
    const groups = Map.groupBy(claims, ({ ref }) => keyOf(ref)).values()
    return [...groups].flatMap(clash)
  },
}

function clash(claims: Claim[]): Findings {
  // What is written by hand gives way to what is rendered.
  const [first, ...others] = claims.toSorted((a, b) => rankOf(a) - rankOf(b))
  return others.map(({ rendering, ref }) => {
    const maker = makerOf(rendering, ref)
    const other = first === undefined ? '' : makerOf(first.rendering, ref)
    return {
      rendering,
      code: 'name-clash' as const,
      field: 'metadata.name',
      message: `${whose(rendering, ref)}${maker === other ? ' twice' : `, and so does ${other}`}`,
      cause: 'They would overwrite each other with every apply.',
      remedy: maker === other ? OF_ONE : remedyFor(rendering),
    }
  })
}

const OF_ONE = 'Leave out the name that the spec gives to one of the two, or choose another.'

function remedyFor(rendering: Rendering): string {
  return isManifest(rendering)
    ? 'Rename one of the two, or remove it.'
    : 'Rename one of the two endpoints, or what they share by name.'
}

function rankOf({ rendering }: Claim): number {
  return Number(isManifest(rendering))
}

function isManifest({ endpoint }: Rendering): boolean {
  return endpoint.isManifest === true
}

function whose(rendering: Rendering, ref: ObjectRef): string {
  const verb = isManifest(rendering) ? 'has' : 'makes'
  return `${makerOf(rendering, ref)} ${verb} ${shownRef(ref)}`
}

function makerOf(rendering: Rendering, ref: ObjectRef): string {
  const { endpoint, object } = rendering
  if (isManifest(rendering)) return writtenAt(endpoint)
  const isOwn = keyOf(ref) === keyOf(refOf(object))
  return isOwn ? `endpoint ${endpoint.name}` : `KServe for ${nameOf(rendering)}`
}

function writtenAt({ placeOf, name }: Rendering['endpoint']): string {
  const place = placeOf('metadata.name')
  return place === undefined ? name : `${place.file}:${place.line}`
}

function shownRef({ kind, name, namespace = '' }: ObjectRef): string {
  return `${kind} ${name} in namespace ${namespace}`
}

/** What KServe makes for an InferenceService (seen in v0.16; the Ingress unless its configuration says not to). */
function childrenOf({ object, endpoint }: Rendering): ObjectRef[] {
  if (!isKserve(object)) return []
  const { name, namespace = '' } = object.metadata
  const child = ({ apiVersion, kind }: Type, childName: string) => ({
    apiVersion,
    kind,
    namespace,
    name: childName,
  })
  const predictor = predictorName(name)
  const service = child(SERVICE, predictor)
  if (isServerless(endpoint)) return [service, child(SERVICE, name)]
  return [
    service,
    child(DEPLOYMENT, predictor),
    child(HORIZONTAL_POD_AUTOSCALER, predictor),
    child(INGRESS, name),
  ]
}
