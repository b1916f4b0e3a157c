import { isAtLeast } from '../../../charts/index.ts'
import { isServerless, type Endpoint } from '../../spec/index.ts'
import { KSERVE } from '../../kinds/index.ts'
import type { Rendering } from '../rendered.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'

/** An InferenceService can say all of the scaling that is asked for: nothing is dropped in silence. */
export const kserveScaling: Rule = {
  id: 'kserve-scaling',
  find: view =>
    view.ofKind(KSERVE).map(rendering => [unsayable(rendering), withoutPods(rendering)]),
}

function unsayable(rendering: Rendering): Findings {
  const { scaling } = rendering.endpoint.spec
  const several = scaling?.cpu !== undefined && scaling.memory !== undefined
  const old =
    isServerless(rendering.endpoint) || !isAtLeast(rendering.endpoint.kserveVersion, [0, 15, 0])
  const fields = [
    scaling?.metrics === undefined ? [] : ['metrics'],
    scaling?.behavior === undefined || scaling.queue !== undefined ? [] : ['behavior'],
    several && old ? ['memory'] : [],
  ].flat()
  return fields.map(field => ({
    rendering,
    field: `spec.scaling.${field}`,
    message:
      field === 'memory'
        ? `${nameOf(rendering)} cannot scale by CPU and memory at once.`
        : `${nameOf(rendering)} cannot set scaling.${field}: KServe creates the autoscaler itself, from CPU and memory targets.`,
    remedy: 'Use runtime: deployment, or leave it out.',
  }))
}

/** Only Knative's activator starts a pod for a request; our own Service leads to pods directly. */
function withoutPods(rendering: Rendering): Findings {
  const { endpoint } = rendering
  if (!isServerless(endpoint) || lowest(endpoint) > 0) return []
  return {
    rendering,
    field: 'spec.scaling.min',
    severity: 'warning',
    message: `${nameOf(rendering)} may have no pods, and then its Service ${endpoint.name}-svc leads nowhere`,
    remedy: 'Use the URL of the InferenceService, or set spec.scaling.min to 1.',
  }
}

function lowest({ spec }: Endpoint): number {
  return spec.scaling === undefined ? spec.replicas : (spec.scaling.min ?? 1)
}
