import { HORIZONTAL_POD_AUTOSCALER, KSERVE, SCALED_OBJECT } from '../../kinds/index.ts'
import { at, entries, kubernetesMinor, number } from '../../object/index.ts'
import type { Rendering } from '../rendered.ts'
import { shown } from './read.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'

/** At least one replica, and not more at least than at most. */
export const hpaBounds: Rule = {
  id: 'hpa-bounds',
  find: view => [
    view
      .ofKind(HORIZONTAL_POD_AUTOSCALER)
      .map(item => [
        outOfBounds(item, at(item.object, 'spec')),
        belowItsServer(item, at(item.object, 'spec')),
      ]),
    view.ofKind(SCALED_OBJECT).map(crossed),
    view
      .ofKind(KSERVE)
      .filter(({ object }) => object.metadata.annotations?.[KSERVE.autoscalerClass] === 'hpa')
      .map(item => outOfBounds(item, at(item.object, 'spec', 'predictor'))),
  ],
}

/** On by default since 1.37 (feature gate HPAScaleToZero, pkg/features/kube_features.go); an older API server refuses it. */
function belowItsServer(rendering: Rendering, spec: unknown): Findings {
  const { kubernetesVersion = '' } = rendering.endpoint
  const minor = kubernetesMinor(kubernetesVersion)
  if (at(spec, 'minReplicas') !== 0 || lowest(spec) > 0 || Number.isNaN(minor) || minor >= 37)
    return []
  return {
    rendering,
    field: 'spec.scaling.min',
    message: `${nameOf(rendering)} goes down to 0 replicas, and Kubernetes ${kubernetesVersion} does not do that by itself: 1.37 is the first`,
    remedy: 'Scale by spec.scaling.queue, which KEDA does, or set spec.scaling.min to 1.',
  }
}

function crossed(rendering: Rendering): Findings {
  const { min = 0, max = 100 } = SCALED_OBJECT.scales?.(rendering.object) ?? {}
  if (min <= max) return []
  return {
    rendering,
    field: 'spec.scaling.max',
    message: `${nameOf(rendering)} has at least ${min} and at most ${max} replicas.`,
    remedy: 'Set spec.scaling.max to spec.scaling.min or more.',
  }
}

/** From zero only a metric that is not of the pods can scale up again (HPAScaleToZero). */
function lowest(spec: unknown): number {
  const metrics = entries(at(spec, 'metrics'))
  return metrics.some(metric => ['Object', 'External'].includes(shown(metric['type']))) ? 0 : 1
}

function outOfBounds(rendering: Rendering, spec: unknown): Findings {
  const min = number(at(spec, 'minReplicas')) ?? 1
  const max = number(at(spec, 'maxReplicas')) ?? min
  const least = lowest(spec)
  if (min >= least && min <= max) return []
  const tooFew = min < least
  return {
    rendering,
    field: tooFew ? 'spec.scaling.min' : 'spec.scaling.max',
    message: tooFew
      ? `${nameOf(rendering)} goes down to ${min} replicas, and nothing would bring it up again.`
      : `${nameOf(rendering)} has at least ${min} and at most ${max} replicas.`,
    remedy: tooFew
      ? 'Set spec.scaling.min to 1 or more; serverless KServe can go down to 0.'
      : 'Set spec.scaling.max to spec.scaling.min or more.',
  }
}
