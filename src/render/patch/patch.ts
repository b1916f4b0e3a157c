import {
  at,
  formatRef,
  mergePatch,
  PatchError,
  refOf,
  type KubeObject,
} from '../../object/index.ts'
import { problemWith, type Problem } from '../../problem/index.ts'
import type { Endpoint } from '../../spec/index.ts'
import { applyJsonPatch } from './json-patch.ts'
import { asKubeObject } from '../kube-object.ts'

type Patch = NonNullable<Endpoint['spec']['patches']>[number]

export interface Patched {
  object: KubeObject
  unpatched: KubeObject
  /** Indices of the patches that changed it. */
  patches: number[]
}

/**
 * The user's patches, in their order, on plain objects. A patch that fits nothing is an error and changes
 * nothing: an escape hatch that silently misses is worse than none.
 */
export function applyPatches(endpoint: Endpoint, objects: readonly KubeObject[]) {
  const patched: Patched[] = objects.map(object => ({ object, unpatched: object, patches: [] }))
  const problems: Problem[] = []
  for (const [index, patch] of (endpoint.spec.patches ?? []).entries()) {
    const targets = patched.filter(({ object }) => isTarget(patch, object))
    if (targets.length === 0) problems.push(noTarget({ endpoint, index, patch, objects }))
    for (const target of targets) {
      try {
        target.object = applyOne(patch, target.object)
        target.patches.push(index)
      } catch (error) {
        if (!(error instanceof PatchError)) throw error
        problems.push(misfit({ endpoint, index, error, object: target.object }))
      }
    }
  }
  return { patched, problems }
}

function isTarget({ target }: Patch, object: KubeObject): boolean {
  return (
    target.kind === object.kind &&
    (target.name === undefined || target.name === object.metadata.name)
  )
}

function applyOne(patch: Patch, object: KubeObject): KubeObject {
  const result =
    'merge' in patch ? mergePatch(object, patch.merge) : applyJsonPatch(object, patch.json)
  for (const field of IDENTITY) {
    if (at(result, ...field) === at(object, ...field)) continue
    throw new PatchError(`It changes ${field.join('.')}, which names the object.`)
  }
  return asKubeObject(result)
}

const IDENTITY = [['apiVersion'], ['kind'], ['metadata', 'name'], ['metadata', 'namespace']]

interface Miss {
  endpoint: Endpoint
  index: number
}

function noTarget(miss: Miss & { patch: Patch; objects: readonly KubeObject[] }) {
  const { endpoint, index, patch, objects } = miss
  const { kind, name } = patch.target
  const wanted = name === undefined ? kind : `${kind} ${name}`
  const there = objects.map(object => `${object.kind} ${object.metadata.name}`).join(', ')
  return problemAt(miss, 'target', {
    message: `patch ${index + 1} of ${endpoint.name} matches no object: there is no ${wanted}`,
    remedy: `Patch one of: ${there}.`,
  })
}

function misfit(miss: Miss & { error: PatchError; object: KubeObject }) {
  const { endpoint, index, error, object } = miss
  const field = error.operation === undefined ? '' : `json[${error.operation}]`
  return problemAt(miss, field, {
    message: `patch ${index + 1} of ${endpoint.name} does not fit ${formatRef(refOf(object))}`,
    object: formatRef(refOf(object)),
    cause: error.message,
  })
}

function problemAt(
  { endpoint, index }: Miss,
  field: string,
  more: Pick<Problem, 'message'> & Partial<Problem>,
): Problem {
  const entry = `spec.patches[${index}]`
  const place = endpoint.placeOf(field === '' ? entry : `${entry}.${field}`)
  return problemWith({ code: 'patch', endpoint: endpoint.name, place, ...more })
}
