import { isTracked } from '../../object/index.ts'
import { isServerless } from '../../spec/index.ts'
import { formatSeconds } from '../../words/index.ts'
import type { Rendering } from '../rendered.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'

/** At zero a Service leads nowhere, and the next request waits for a node, the image and the model. Serverless has a page of its own. */
export const scaleToZero: Rule = {
  id: 'scale-to-zero',
  find: view => view.pods.flatMap(({ workload }) => atZero(workload)),
}

function atZero(workload: Rendering): Findings {
  const { endpoint } = workload
  const { scaling, loadTime } = endpoint.spec
  // A candidate is not autoscaled.
  if (scaling?.min !== 0 || isServerless(endpoint) || isTracked(workload.object)) return []
  return {
    rendering: workload,
    field: 'spec.scaling.min',
    severity: 'warning',
    message: `at zero ${endpoint.name}-svc has no pods: the first request waits up to ${formatSeconds(loadTime)} once ${nameOf(workload)} is scaled up`,
    remedy:
      'Have something hold requests until a pod is ready, such as the queue itself, or set spec.scaling.min to 1.',
  }
}
