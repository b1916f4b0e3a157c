import { at, mergePatch, PatchError } from '../../src/object/index.ts'
import { failure } from '../../src/problem/index.ts'
import type { Endpoint } from '../../src/spec/index.ts'

type Members = Readonly<Record<string, unknown>>

/** As `pod` calls the model server's container, whatever the runtime calls it. */
const SERVER = 'server'

/** A pod's spec with `spec.pod` merged over it. */
export function withPod<Spec extends object>(endpoint: Endpoint, spec: Spec, server: string): Spec {
  const { pod } = endpoint.spec
  return pod === undefined
    ? spec
    : merged({ endpoint, field: 'spec.pod' }, spec, named(pod, server))
}

/** An InferenceService's predictor with `spec.kserve.predictor` merged over it. */
export function withPredictor<Spec extends object>(endpoint: Endpoint, predictor: Spec): Spec {
  const { predictor: given } = endpoint.spec.kserve
  if (given === undefined) return predictor
  return merged({ endpoint, field: 'spec.kserve.predictor' }, predictor, given)
}

function named(pod: Members, server: string): Members {
  const { containers } = pod
  if (!Array.isArray(containers)) return pod
  const renamed = containers.map((container: unknown) =>
    at(container, 'name') === SERVER ? { ...Object(container), name: server } : container,
  )
  return { ...pod, containers: renamed }
}

interface Where {
  endpoint: Endpoint
  field: string
}

function merged<Spec extends object>(where: Where, spec: Spec, given: Members): Spec {
  try {
    // The result has the shape that the user gives it; the wiring check and the API server judge it.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return mergePatch(JSON.parse(JSON.stringify(spec)), given) as Spec
  } catch (error) {
    if (error instanceof PatchError) throw misfit(where, error)
    throw error
  }
}

function misfit({ endpoint, field }: Where, error: PatchError) {
  const place = endpoint.placeOf(field)
  return failure('patch', `${field} of ${endpoint.name} does not fit what is rendered`, {
    endpoint: endpoint.name,
    ...(place === undefined ? {} : { place }),
    cause: error.message,
    remedy: 'See what is rendered by "slipway render"; null removes a field that is there.',
  })
}
