import { failureType } from './failure/failure.ts'
import { FIELD_MANAGER, refOf, type KubeObject, type ObjectRef } from '../object/index.ts'
import { objectReader, storedReader } from './answer/object.ts'
import type { ApplyOptions, Patch } from './cluster.ts'
import { collectionPath, objectPath } from './resource.ts'
import { sendObject, servedKind, type Session } from './session.ts'
import type { ApiRequest } from './transport/request.ts'

/** Undefined when there is no such object, namespace or kind. */
export async function getObject(session: Session, ref: ObjectRef): Promise<KubeObject | undefined> {
  const kind = await session.discovery.kind(ref, session.signal)
  if (kind === undefined) return undefined
  try {
    const path = objectPath(kind, ref)
    return await sendObject(
      session,
      { verb: 'get', method: 'GET', path, ref, idempotent: true },
      storedReader(kind, ref),
    )
  } catch (error) {
    if (failureType(error) === 'not-found') return undefined
    throw error
  }
}

/**
 * Server-side apply. The body is JSON, which is YAML as well: the API server reads it faster than YAML. Fields that a schema
 * does not have are refused by the merge itself, whatever the field validation: that looks for duplicate keys alone,
 * which JSON.stringify never writes, and reads the body a second and a third time for it, a seventh of what a write costs
 * (applyPatcher in https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go).
 */
export function applyObject(
  session: Session,
  object: KubeObject,
  options: ApplyOptions = {},
): Promise<KubeObject> {
  const { dryRun = false, force = false, fieldManager = FIELD_MANAGER } = options
  return writeObject(session, {
    verb: 'patch',
    method: 'PATCH',
    query: { fieldManager, force: String(force), fieldValidation: 'Ignore' },
    dryRun,
    contentType: 'application/apply-patch+yaml',
    body: object,
    ref: refOf(object),
    idempotent: true,
  })
}

/** Not sent again after a lost answer: the object may be there already, and would look like somebody else's. */
export function createObject(
  session: Session,
  object: KubeObject,
  { dryRun = false } = {},
): Promise<KubeObject> {
  return writeObject(session, {
    verb: 'create',
    method: 'POST',
    pathOf: collectionPath,
    query: { fieldValidation: 'Strict' },
    dryRun,
    body: object,
    ref: refOf(object),
    idempotent: dryRun,
  })
}

/** Replaces the object as it was read; `stale` when it has changed since. */
export function updateObject(session: Session, object: KubeObject): Promise<KubeObject> {
  return writeObject(session, {
    verb: 'update',
    method: 'PUT',
    query: { fieldValidation: 'Strict' },
    body: object,
    ref: refOf(object),
    // A second one would meet the first one's resourceVersion and look like somebody else's write.
    idempotent: false,
  })
}

/** A JSON patch is sent once only, since its tests would fail the second time. */
export function patchObject(
  session: Session,
  ref: ObjectRef,
  patch: Patch,
  { dryRun = false } = {},
): Promise<KubeObject> {
  return writeObject(session, {
    verb: 'patch',
    method: 'PATCH',
    dryRun,
    contentType: `application/${patch.type}-patch+json`,
    body: patch.type === 'json' ? patch.operations : patch.body,
    ref,
    idempotent: dryRun || patch.type === 'merge',
  })
}

interface Write extends Omit<ApiRequest, 'path'> {
  ref: ObjectRef
  /** Of the object itself where absent. */
  pathOf?: typeof objectPath
  dryRun?: boolean
}

async function writeObject(session: Session, write: Write): Promise<KubeObject> {
  const { pathOf = objectPath, dryRun = false, query, ref, ...request } = write
  const kind = await servedKind(session, ref)
  const path = pathOf(kind, ref)
  const all = { fieldManager: FIELD_MANAGER, ...query, dryRun: dryRun ? 'All' : undefined }
  // What was only tried was never stored.
  const read = dryRun ? objectReader(kind, ref) : storedReader(kind, ref)
  return sendObject(session, { ...request, path, query: all, ref }, read)
}
