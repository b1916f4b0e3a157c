import { failureType } from './failure/failure.ts'
import { FIELD_MANAGER, refOf } from '../object/index.ts'
import type { KubeObject, ObjectRef } from '../object/index.ts'
import { objectReader, storedReader } from './answer/object.ts'
import type { ApplyOptions, Patch, ServedKind } from './cluster.ts'
import { collectionPath, objectPath } from './resource.ts'
import { sendObject, servedKind } from './session.ts'
import type { Session } from './session.ts'

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
export async function applyObject(
  session: Session,
  object: KubeObject,
  options: ApplyOptions = {},
): Promise<KubeObject> {
  const { dryRun = false, force = false, fieldManager = FIELD_MANAGER } = options
  const ref = refOf(object)
  const kind = await servedKind(session, ref)
  return sendObject(
    session,
    {
      verb: 'patch',
      method: 'PATCH',
      path: objectPath(kind, ref),
      query: {
        fieldManager,
        force: String(force),
        fieldValidation: 'Ignore',
        dryRun: dryRunOf(dryRun),
      },
      contentType: 'application/apply-patch+yaml',
      body: object,
      ref,
      idempotent: true,
    },
    answerReader(kind, ref, dryRun),
  )
}

/** Not sent again after a lost answer: the object may be there already, and would look like somebody else's. */
export async function createObject(
  session: Session,
  object: KubeObject,
  { dryRun = false } = {},
): Promise<KubeObject> {
  const ref = refOf(object)
  const kind = await servedKind(session, ref)
  return sendObject(
    session,
    {
      verb: 'create',
      method: 'POST',
      path: collectionPath(kind, ref),
      query: { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict', dryRun: dryRunOf(dryRun) },
      body: object,
      ref,
      idempotent: dryRun,
    },
    answerReader(kind, ref, dryRun),
  )
}

/** Replaces the object as it was read; `stale` when it has changed since. */
export async function updateObject(session: Session, object: KubeObject): Promise<KubeObject> {
  const ref = refOf(object)
  const kind = await servedKind(session, ref)
  return sendObject(
    session,
    {
      verb: 'update',
      method: 'PUT',
      path: objectPath(kind, ref),
      query: { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' },
      body: object,
      ref,
      // A second one would meet the first one's resourceVersion and look like somebody else's write.
      idempotent: false,
    },
    storedReader(kind, ref),
  )
}

/** A JSON patch is sent once only, since its tests would fail the second time. */
export async function patchObject(
  session: Session,
  ref: ObjectRef,
  patch: Patch,
  { dryRun = false } = {},
): Promise<KubeObject> {
  const kind = await servedKind(session, ref)
  return sendObject(
    session,
    {
      verb: 'patch',
      method: 'PATCH',
      path: objectPath(kind, ref),
      query: { fieldManager: FIELD_MANAGER, dryRun: dryRunOf(dryRun) },
      contentType: `application/${patch.type}-patch+json`,
      body: patch.type === 'json' ? patch.operations : patch.body,
      ref,
      idempotent: dryRun || patch.type === 'merge',
    },
    answerReader(kind, ref, dryRun),
  )
}

/** What was only tried was never stored. */
const answerReader = (kind: ServedKind, ref: ObjectRef, dryRun: boolean) =>
  dryRun ? objectReader(kind, ref) : storedReader(kind, ref)

const dryRunOf = (dryRun: boolean) => (dryRun ? 'All' : undefined)
