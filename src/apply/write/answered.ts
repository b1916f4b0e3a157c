import { formatRef, type KubeObject } from '../../object/index.ts'
import { failure } from '../../problem/index.ts'
import type { Action } from '../../plan/index.ts'
import { notStored } from '../../trial/index.ts'
import { EndpointFailure } from '../failed.ts'
import type { Run } from '../run.ts'

/** Success is believed of a write only where the answer is what the write leads to. */
export async function checkAnswer(
  run: Run,
  action: Action,
  { desired, written }: { desired: KubeObject; written: KubeObject },
): Promise<void> {
  refuseUnchanged(action, written)
  await refuseOther(run, action, written)
  refuseIncomplete(action, desired, written)
}

/** A write changes the object's version, if it changes anything: what was answered with the version of before was not carried out. */
function refuseUnchanged(
  { ref, endpoint, changes, migrate, version }: Action,
  written: KubeObject,
): void {
  const isChange = changes.length > 0 && migrate === undefined && version !== undefined
  if (!isChange || written.metadata.resourceVersion !== version) return
  throw wrongAnswer(
    { ref, endpoint },
    {
      what: 'was not changed, although the write was answered with success',
      cause:
        'something between slipway and the API server answered, or an admission webhook undid it',
    },
  )
}

/** Deleted and made again meanwhile, an object has another UID. So it has in an answer that is about none: the object itself tells. */
async function refuseOther(
  { cluster }: Run,
  { ref, endpoint, type, uid }: Action,
  written: KubeObject,
): Promise<void> {
  const isNew = type === 'create' || type === 'replace'
  if (isNew || uid === undefined || written.metadata.uid === uid) return
  const live = await cluster.get(ref)
  if (live?.metadata.uid === written.metadata.uid) return
  throw wrongAnswer(
    { ref, endpoint },
    {
      what: 'is not the object that the write was answered with',
      cause: 'something between slipway and the API server answered',
    },
  )
}

function wrongAnswer(
  { ref, endpoint }: Pick<Action, 'ref' | 'endpoint'>,
  { what, cause }: { what: string; cause: string },
) {
  const object = formatRef(ref)
  return failure('wrong-answer', `${object} ${what}`, {
    object,
    endpoint,
    cause,
    remedy:
      'Look at proxies in between and at the admission webhooks (slipway doctor), then apply again.',
  })
}

/** Plans tell of it where they could try; a new namespace, or a large first apply, is not tried. */
function refuseIncomplete({ endpoint }: Action, desired: KubeObject, written: KubeObject): void {
  const problem = notStored(desired, written)?.problem
  if (problem?.severity === 'error') throw new EndpointFailure({ ...problem, endpoint })
}
