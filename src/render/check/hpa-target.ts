import { kindOf } from '../../kinds/index.ts'
import { groupOf } from '../../object/index.ts'
import { closest } from '../../problem/index.ts'
import { namespaceOf } from './pods.ts'
import type { Rendering } from '../rendered.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'
import type { View } from './view.ts'

/** An autoscaler scales a workload of its own endpoint that is rendered, and is the only one that does. */
export const hpaTarget: Rule = {
  id: 'hpa-target',
  find: view => {
    const autoscalers = view.having('scales')
    const byTarget = Map.groupBy(autoscalers, targetOf)
    return [
      autoscalers.map(autoscaler => astray(view, autoscaler)),
      [...byTarget.values()].map(several),
    ]
  },
}

function scaleOf({ object }: Rendering) {
  const { apiVersion = '', kind = '', name = '' } = kindOf(object).scales?.(object) ?? {}
  return { group: groupOf(apiVersion), kind, name }
}

function targetOf(autoscaler: Rendering): string {
  const { group, kind, name } = scaleOf(autoscaler)
  return [namespaceOf(autoscaler.object), group, kind, name].join('/')
}

function astray(view: View, autoscaler: Rendering): Findings {
  const { group, kind, name } = scaleOf(autoscaler)
  const isOwn = autoscaler.endpoint.isManifest === true
  const found = view.find(kind, namespaceOf(autoscaler.object), name)
  const isThere = found !== undefined && groupOf(found.object.apiVersion) === group
  if (isThere && (isOwn || found.endpoint.name === autoscaler.endpoint.name)) return []
  const message = `${nameOf(autoscaler)} scales ${kind} ${name}`
  if (isOwn) {
    const meant = misspelt(view, autoscaler)
    return meant === undefined
      ? undefined
      : {
          rendering: autoscaler,
          field: 'spec.scaleTargetRef',
          severity: 'warning',
          message: `${message}, which is not rendered`,
          remedy: `Did you mean "${meant}"? If not, see that it exists in the namespace.`,
        }
  }
  return {
    rendering: autoscaler,
    field: 'spec.scaling',
    message: `${message}, which this endpoint does not have`,
    remedy: 'Leave scaleTargetRef as it is rendered.',
  }
}

/** One of one's own may scale what another set, or another controller, has: its name is then another one altogether, or begins with ours. */
function misspelt(view: View, autoscaler: Rendering): string | undefined {
  const { kind, name } = scaleOf(autoscaler)
  const names = view.pods
    .filter(({ workload }) => workload.object.kind === kind)
    .map(({ workload }) => workload.object.metadata.name)
  const near = closest(name, names)
  return near === undefined || name.startsWith(near) ? undefined : near
}

/** Both of them stop (AmbiguousSelector), and KEDA's webhook refuses the second. What is written by hand is told. */
function several(autoscalers: readonly Rendering[]): Findings {
  const [first, ...others] = autoscalers.toSorted((a, b) => rankOf(a) - rankOf(b))
  return others.map(rendering => ({
    rendering,
    field: rendering.endpoint.isManifest === true ? 'spec.scaleTargetRef' : 'spec.scaling',
    message: `${nameOf(rendering)} scales ${scaleOf(rendering).kind} ${scaleOf(rendering).name}, and so does ${first === undefined ? '' : nameOf(first)}`,
    cause: 'Two autoscalers of one workload undo each other, or both stop.',
    remedy: 'Keep one of them: spec.scaling, or your own.',
  }))
}

function rankOf({ endpoint }: Rendering): number {
  return Number(endpoint.isManifest === true)
}
