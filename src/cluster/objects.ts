import { FIELD_MANAGER, refOf } from '../object/index.ts'
import type { KubeObject, ObjectRef } from '../object/index.ts'
import type { ApplyOptions, DeleteOptions, KindRef, Patch, ServedKind } from './cluster.ts'
import type { Discovery } from './discovery.ts'
import { ClusterError } from './failure.ts'
import { collectionPath, objectPath } from './resource.ts'
import type { ApiRequest } from './transport/request.ts'
import type { Transport } from './transport/transport.ts'

/** What every operation needs: the connection, and the signal of this view of it. */
export interface Session {
  transport: Transport
  discovery: Discovery
  signal: AbortSignal | undefined
}

export async function getObject(session: Session, ref: ObjectRef): Promise<KubeObject | undefined> {
  const kind = await session.discovery.kind(ref, session.signal)
  if (kind === undefined) return undefined
  try {
    return await send(session, {
      verb: 'get',
      method: 'GET',
      path: objectPath(kind, ref),
      ref,
      idempotent: true,
    })
  } catch (error) {
    if (failureType(error) === 'not-found') return undefined
    throw error
  }
}

/** Server-side apply. The body is JSON, which is YAML as well: the API server reads it faster than YAML. */
export async function applyObject(
  session: Session,
  object: KubeObject,
  options: ApplyOptions = {},
): Promise<KubeObject> {
  const { dryRun = false, force = false, fieldManager = FIELD_MANAGER } = options
  const ref = refOf(object)
  const kind = await servedKind(session, ref)
  return send(session, {
    verb: 'patch',
    method: 'PATCH',
    path: objectPath(kind, ref),
    query: {
      fieldManager,
      force: String(force),
      fieldValidation: 'Strict',
      dryRun: dryRunOf(dryRun),
    },
    contentType: 'application/apply-patch+yaml',
    body: object,
    ref,
    idempotent: true,
  })
}

export async function createObject(
  session: Session,
  object: KubeObject,
  { dryRun = false } = {},
): Promise<KubeObject> {
  const ref = refOf(object)
  const kind = await servedKind(session, ref)
  return send(session, {
    verb: 'create',
    method: 'POST',
    path: collectionPath(kind, ref),
    query: { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict', dryRun: dryRunOf(dryRun) },
    body: object,
    ref,
    idempotent: dryRun,
  })
}

export async function updateObject(session: Session, object: KubeObject): Promise<KubeObject> {
  const ref = refOf(object)
  const kind = await servedKind(session, ref)
  return send(session, {
    verb: 'update',
    method: 'PUT',
    path: objectPath(kind, ref),
    query: { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' },
    body: object,
    ref,
    // A second one would meet the first one's resourceVersion and look like somebody else's write.
    idempotent: false,
  })
}

export async function patchObject(
  session: Session,
  ref: ObjectRef,
  patch: Patch,
): Promise<KubeObject> {
  const kind = await servedKind(session, ref)
  return send(session, {
    verb: 'patch',
    method: 'PATCH',
    path: objectPath(kind, ref),
    query: { fieldManager: FIELD_MANAGER },
    contentType: `application/${patch.type}-patch+json`,
    body: patch.type === 'json' ? patch.operations : patch.body,
    ref,
    idempotent: patch.type === 'merge',
  })
}

/** `absent`: there is no such object, or the one there has another UID. */
export async function deleteObject(
  session: Session,
  ref: ObjectRef,
  options: DeleteOptions,
): Promise<'accepted' | 'absent'> {
  const kind = await session.discovery.kind(ref, session.signal)
  if (kind === undefined) return 'absent'
  const { uid } = options
  try {
    await send(session, {
      verb: 'delete',
      method: 'DELETE',
      path: objectPath(kind, ref),
      body: deleteBody(options),
      ref,
      idempotent: uid !== undefined,
    })
    return 'accepted'
  } catch (error) {
    const type = failureType(error)
    if (type === 'not-found' || (type === 'stale' && speaksOfUid(error))) return 'absent'
    if (type === 'being-deleted') return 'accepted'
    throw error
  }
}

function deleteBody({
  propagation,
  uid,
  resourceVersion,
  gracePeriodSeconds,
  dryRun,
}: DeleteOptions) {
  const preconditions = { uid, resourceVersion }
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: propagation,
    gracePeriodSeconds,
    ...((uid ?? resourceVersion) !== undefined && { preconditions }),
    ...(dryRun === true && { dryRun: ['All'] }),
  }
}

/** Two texts for one thing: from the registry and, in a race, from the storage layer. */
const speaksOfUid = (error: unknown) =>
  error instanceof ClusterError && /UID in (the )?precondition/.test(error.failure.message)

/** Throws `kind-missing` where undefined would be a lie. */
export async function servedKind(
  { discovery, signal }: Session,
  { apiVersion, kind }: KindRef,
): Promise<ServedKind> {
  const served = await discovery.kind({ apiVersion, kind }, signal)
  if (served !== undefined) return served
  throw new ClusterError({
    type: 'kind-missing',
    status: 404,
    apiVersion,
    kind,
    message: `the API server does not serve ${kind} in ${apiVersion}`,
  })
}

function send(
  { transport, signal }: Session,
  request: ApiRequest & { ref: ObjectRef },
): Promise<KubeObject> {
  // A lease that waits in a queue is lost.
  const urgent = request.ref.kind === 'Lease'
  return transport.json<KubeObject>({ ...request, urgent, signal })
}

const dryRunOf = (dryRun: boolean) => (dryRun ? 'All' : undefined)

function failureType(error: unknown) {
  return error instanceof ClusterError ? error.failure.type : undefined
}
