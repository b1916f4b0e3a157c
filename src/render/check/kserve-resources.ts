import { isKserve } from '../../kinds/index.ts'
import { at, quantityOf, text, type KubeObject } from '../../object/index.ts'
import type { Pods } from './pods.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'

/** What KServe fills in by default (its ConfigMap inferenceservice-config may say otherwise). */
const FILLED_IN = { cpu: '1', memory: '2Gi' }

/** KServe fills in CPU and memory that are left out, and what it fills in can contradict the rest (K10). */
export const kserveResources: Rule = {
  id: 'kserve-resources',
  find: view =>
    view.pods
      .filter(({ workload }) => isFilledIn(workload.object))
      .flatMap(pods =>
        Object.entries(FILLED_IN).flatMap(([name, filled]) => filledIn({ pods, name, filled })),
      ),
}

/** Where a serving runtime says the resources, nothing is filled in. */
function isFilledIn(object: KubeObject): boolean {
  return isKserve(object) && at(object, 'spec', 'predictor', 'model') === undefined
}

function filledIn({ pods, name, filled }: { pods: Pods; name: string; filled: string }): Findings {
  const { workload, server } = pods
  const request = text(at(server, 'resources', 'requests', name))
  const limit = text(at(server, 'resources', 'limits', name))
  if (request === undefined && limit === undefined) return []
  if (value(request ?? filled) <= value(limit ?? filled)) return []
  const said = request === undefined ? `limit ${limit}` : `request ${request}`
  return {
    rendering: workload,
    field: `spec.resources.${name}`,
    message: `${nameOf(workload)} has a ${name} ${said} alone; KServe makes the other one ${filled}`,
    cause: 'The request would be above the limit, and KServe’s Deployment invalid.',
    remedy: `Set spec.resources.${name}, request and limit.`,
  }
}

function value(quantity: string): number {
  return quantityOf(quantity) ?? 0
}
