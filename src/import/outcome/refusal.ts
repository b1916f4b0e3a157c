import { isKserve, isOfModelMesh } from '../../kinds/index.ts'
import { formatRef, isTracked, refOf, type KubeObject } from '../../object/index.ts'
import { failure, type SlipwayError } from '../../problem/index.ts'
import { endpointNameOf } from '../canary/slots.ts'

/** Why a workload is no endpoint of its own, whatever its spec says; undefined where it may be one. */
export function refusalOf(workload: KubeObject): SlipwayError | undefined {
  if (isTracked(workload)) return isCandidate(workload)
  return isKserve(workload) && isOfModelMesh(workload) ? isOneOfMany(workload) : undefined
}

function isCandidate(workload: KubeObject) {
  const [ref, endpoint] = [formatRef(refOf(workload)), endpointNameOf(workload)]
  return failure('usage', `${ref} is the candidate of ${endpoint}, and no endpoint of its own`, {
    object: ref,
    remedy: `Import ${endpoint}: its spec has the candidate as canary.`,
  })
}

function isOneOfMany(workload: KubeObject) {
  const ref = formatRef(refOf(workload))
  return failure(
    'guard',
    `${ref} is in the deployment mode ModelMesh, and has no pods of its own`,
    {
      object: ref,
      cause:
        'ModelMesh loads models into servers that many InferenceServices share; an endpoint is a server with one model.',
      remedy:
        'Leave it to what applies it now, or write an endpoint for the model in the standard mode ("slipway new") and delete this one afterwards.',
    },
  )
}
