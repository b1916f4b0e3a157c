import { ClusterError, failureType, ifAllowed, type Cluster } from '../cluster/index.ts'
import { formatRef, refOf, type KubeObject } from '../object/index.ts'
import { problemWith, type Problem } from '../problem/index.ts'
import type { RenderedObject } from '../render/index.ts'
import { tryCreation, type Creation } from './creation.ts'
import { notStoredOf } from './not-stored.ts'
import { rejection } from './rejection.ts'
import { specFieldNamedIn } from './spec-field.ts'

export interface Trial {
  cluster: Cluster
  objects: readonly RenderedObject[]
  /** A cluster that is nobody's: namespaces are made, and kinds that it does not serve are warnings. */
  isThrowAway: boolean
}

/**
 * Asks the API server, by strict dry-runs, whether it would create every object; changes nothing in a cluster of somebody's. Names
 * differ from the real ones, so that what is live there already has no say. Problems are at the field of the spec that led to them.
 */
export async function tryObjects(trial: Trial): Promise<Problem[]> {
  const places = await namespacesFor(trial)
  const results = await Promise.all(
    trial.objects.map(async rendered => {
      const namespace = places.get(rendered.object.metadata.namespace ?? '')
      return tryObject(trial, rendered, namespace)
    }),
  )
  return results.flat()
}

async function tryObject(
  { cluster, isThrowAway }: Trial,
  rendered: RenderedObject,
  namespace: string | undefined,
): Promise<Problem[]> {
  const { object } = rendered
  const creation = { cluster, object, namespace }
  try {
    return lostOf(rendered, await tryCreation(creation))
  } catch (error) {
    if (isThrowAway && failureType(error) === 'kind-missing') return [notTried(rendered)]
    const live = isThrowAway ? undefined : await liveOf(cluster, object)
    return live === undefined ? [refused(error, rendered)] : tryBeside(rendered, creation, live)
  }
}

function lostOf(rendered: RenderedObject, stored: KubeObject | undefined): Problem[] {
  const found = stored && notStoredOf(rendered, stored)
  return found === undefined ? [] : [found.problem]
}

/** What was refused may be so only because the object lives already. */
async function tryBeside(
  rendered: RenderedObject,
  creation: Creation,
  live: KubeObject,
): Promise<Problem[]> {
  try {
    return lostOf(rendered, await tryCreation({ ...creation, live }))
  } catch (error) {
    return [refused(error, rendered)]
  }
}

/** Who may not look does not know better. */
async function liveOf(cluster: Cluster, object: KubeObject): Promise<KubeObject | undefined> {
  try {
    return await cluster.get(refOf(object))
  } catch (error) {
    if (error instanceof ClusterError) return undefined
    throw error
  }
}

/** Where each namespace's objects are tried: there, or in `default` where it does not exist yet. */
async function namespacesFor({
  cluster,
  objects,
  isThrowAway,
}: Trial): Promise<Map<string, string>> {
  const names = new Set(objects.map(({ object }) => object.metadata.namespace ?? ''))
  names.delete('')
  const entries = await Promise.all(
    [...names].map(async (name): Promise<[string, string]> => {
      if (isThrowAway) await makeNamespace(cluster, name)
      const isThere = isThrowAway || (await hasNamespace(cluster, name))
      return [name, isThere ? name : 'default']
    }),
  )
  return new Map(entries)
}

async function makeNamespace(cluster: Cluster, name: string): Promise<void> {
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
}

/** Who may not read namespaces takes it to be there: the dry-run tells. */
async function hasNamespace(cluster: Cluster, name: string): Promise<boolean> {
  const namespace = cluster.get({ apiVersion: 'v1', kind: 'Namespace', name })
  return (await ifAllowed(namespace, 'hidden')) !== undefined
}

function notTried({ object, endpoint }: RenderedObject): Problem {
  return problemWith({
    code: 'kind-missing',
    severity: 'warning',
    message: `${object.kind} in ${object.apiVersion} was not tried: the sandbox does not serve it`,
    object: formatRef(refOf(object)),
    endpoint: endpoint.name,
    place: endpoint.placeOf('spec'),
    remedy: 'Try it on a cluster that has the definition: --server=cluster.',
  })
}

function refused(error: unknown, rendered: RenderedObject): Problem {
  const fields = error instanceof ClusterError ? error.message : ''
  return rejection(error, rendered, ({ message }) =>
    specFieldNamedIn(rendered, `${message} ${fields}`),
  )
}
